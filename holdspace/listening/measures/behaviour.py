"""What the coach did: shares and counts of questions, reflections, information and advice."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from holdspace.listening.intervals import Errors, corrected_count, ratio
from holdspace.listening.values import CodedTurn, Measure

from .figures import LEAST, hidden, scaled, share, share_figure, shown, too_few

Rates = Mapping[str, Errors]


def has(coded: CodedTurn, head: str) -> bool:
    """Whether the head's best guess is anything but none."""
    return head in coded.codes and coded.codes[head].code != "none"


def is_code(coded: CodedTurn, head: str, code: str) -> bool:
    """Whether the head's best guess is `code`."""
    return head in coded.codes and coded.codes[head].code == code


def behaviour(turns: Sequence[CodedTurn], rates: Rates) -> list[Measure]:
    """The measures that rest on the codes of coach turns. Every turn counts at the coder's best guess, sure or not."""
    coach = [coded for coded in turns if coded.role == "coach"]
    inputs = [coded.turn.index for coded in coach if has(coded, "input")]
    advice = [coded.turn.index for coded in coach if is_code(coded, "input", "advice")]
    reflections = [coded.turn.index for coded in coach if has(coded, "reflection")]
    questions = [coded.turn.index for coded in coach if has(coded, "question")]
    opened = [coded.turn.index for coded in coach if is_code(coded, "question", "open")]
    n = len(coach)
    return [
        share("input_share", inputs, n, "coach turns", rates.get("input")),
        share("reflection_share", reflections, n, "coach turns", rates.get("reflection")),
        share("advice_share", advice, n, "coach turns", rates.get("advice")),
        _reflections_per_question(reflections, questions, n, rates),
        _number("reflections", reflections, n, rates.get("reflection")),
        _number("questions", questions, n, rates.get("question")),
        *_after_reluctance(turns, rates),
        share("open_share", opened, len(questions), "questions", rates.get("open")),
    ]


def _number(name: str, hits: Sequence[int], n: int, errors: Errors | None) -> Measure:
    """How many turns of the session truly do this, estimated; `count` is how many were found."""
    if n < LEAST:
        return hidden(name, too_few(n, "coach turns"), n, hits, len(hits))
    return shown(name, scaled(share_figure(len(hits), n, errors), n), n, hits, len(hits))


def _reflections_per_question(reflections: Sequence[int], questions: Sequence[int], n: int, rates: Rates) -> Measure:
    name, behind = "reflections_per_question", sorted({*reflections, *questions})
    if len(questions) < LEAST:
        return hidden(name, too_few(len(questions), "questions"), len(questions), behind, len(reflections))
    top, top_spread = corrected_count(len(reflections), n, rates.get("reflection"))
    bottom, bottom_spread = corrected_count(len(questions), n, rates.get("question"))
    figure = ratio(top, bottom, top_spread, bottom_spread)
    return shown(name, figure, len(questions), behind, len(reflections))


def _after_reluctance(turns: Sequence[CodedTurn], rates: Rates) -> list[Measure]:
    """What the coach's very next turn did after a client turn that holds back."""
    answers = [
        after
        for before, after in pairwise(turns)
        if before.role == "client" and is_code(before, "talk", "sustain") and after.role == "coach"
    ]
    what = "answers to reluctance"
    reflected = [coded.turn.index for coded in answers if has(coded, "reflection")]
    informed = [coded.turn.index for coded in answers if has(coded, "input")]
    return [
        share("reflection_after_reluctance", reflected, len(answers), what, rates.get("reflection")),
        share("input_after_reluctance", informed, len(answers), what, rates.get("input")),
    ]

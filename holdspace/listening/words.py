"""How codes, measures and times are said to a person; every page and report says them alike."""

from dataclasses import dataclass

from .values import CodedTurn, Heard, Measure, Role, Suggestion

CODES = {
    ("main", "question"): "question",
    ("main", "reflection"): "reflection",
    ("main", "input"): "information or advice",
    ("main", "other"): "other",
    ("question", "none"): "no question",
    ("question", "open"): "open question",
    ("question", "closed"): "closed question",
    ("reflection", "none"): "no reflection",
    ("reflection", "reflection"): "reflection",
    ("input", "none"): "no information or advice",
    ("input", "information"): "information",
    ("input", "advice"): "advice",
    ("input", "offer"): "an offer of choices",
    ("talk", "change"): "leans to change",
    ("talk", "neutral"): "neutral",
    ("talk", "sustain"): "holds back",
}
MET = {
    "question": "a question",
    "reflection": "a reflection",
    "input": "information or advice",
    "other": "something else",
}
COUNTED = {"coach_word_share": "exchanges", "gap_after_question": "answers"}
ROLES: dict[Role, str] = {"coach": "coach", "client": "client", "other": "someone else"}
CODES_NOTE = (
    "Codes are the coder's reading of the words alone, for the coach to look at. They are not facts about the client. "
    "“Perhaps” marks where the coder may not be relied on."
)
SUGGESTIONS_NOTE = "Found by wording alone and not yet true: a person accepts, edits or strikes out each one."
INTERVAL_NOTE = (
    "A figure stands with the range it may truly have, 19 times in 20, and with the count of what was found. Under 10 "
    "there is no figure. Where it is corrected, the coder's errors were measured on acted talks about health, not on "
    "career coaching. The client's own rating of the session outranks everything here."
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One code of one turn in words, with the reason in words; `sure` as the coder says."""

    head: str
    code: str
    words: str
    why: str
    p: float
    sure: bool


def say_code(head: str, code: str) -> str:
    """What a code means, in a few words ("open question"); an unknown code speaks for itself."""
    return CODES.get((head, code), code.replace("_", " "))


def marks(coded: CodedTurn) -> tuple[Mark, ...]:
    """What a turn does, in words: every question, reflection, information or advice a coach's turn holds, or where it
    holds none of them its main code; a client's talk. Empty for turns without codes. A code that is not sure says
    "perhaps"."""
    heads = [head for head in ("question", "reflection", "input") if _there(coded, head)]
    if not heads:
        heads = [head for head in ("main", "talk") if head in coded.codes]
    return tuple(_mark(coded, head) for head in heads)


def _there(coded: CodedTurn, head: str) -> bool:
    return head in coded.codes and coded.codes[head].code != "none"


def _mark(coded: CodedTurn, head: str) -> Mark:
    code = coded.codes[head]
    said = say_code(head, code.code)
    return Mark(head, code.code, said if code.sure else f"perhaps {said}", coded.why.get(head, ""), code.p, code.sure)


def say_measure(measure: Measure) -> str:
    """The figure with its range and count (".31 (.22–.42), 19 of 61"); "–" with the count where it is hidden."""
    if measure.value is None:
        return f"– ({say_count(measure)})" if measure.n else "–"
    said = say_value(measure.value, measure.unit)
    if measure.low is not None and measure.high is not None:
        said += f" ({say_value(measure.low, measure.unit)}–{say_value(measure.high, measure.unit)})"
    unit = {"words": " words", "seconds": " s"}.get(measure.unit, "")
    return f"{said}{unit}, {say_count(measure)}" if measure.low is not None else said + unit


def say_count(measure: Measure) -> str:
    """What the figure was counted from: "19 of 61", or "61 turns" where there is no numerator."""
    if measure.name == "reflections_per_question":
        return f"{measure.count} to {measure.n} found"
    if measure.count is not None:
        return f"{measure.count} of {measure.n}"
    return f"{measure.n} {COUNTED.get(measure.name, 'turns')}"


def say_due(one: Suggestion) -> list[str]:
    """When it is due, in the person's words unless the text holds them, and as a day where they name one; and whether
    it was hedged, or what the coach did next."""
    said = [one.due] if one.due and one.due not in one.text else []
    said += [f"{one.due_on:%A} {one.due_on.day} {one.due_on:%B %Y}"] if one.due_on else []
    said += ["tentative"] if one.firm is False else []
    if one.acknowledged is not None:
        said.append(
            "given back next" if one.acknowledged else f"met with {MET.get(one.met_with or '', 'something else')}"
        )
    return said


def say_value(value: float, unit: str) -> str:
    """A number as its unit is best read: shares ".31", ratios "1.04", words "17", seconds "1.2"."""
    if unit == "share":
        return f"{value:.2f}".removeprefix("0")
    if unit == "ratio":
        return f"{value:.2f}" if value < 10 else f"{value:.0f}"
    if unit in ("seconds", "per 10 turns"):
        return f"{value:.1f}".replace("-", "−")
    return f"{value:g}" if unit == "words" else f"{value:.0f}"


def say_time(seconds: float | None) -> str:
    """A stamp as a clock shows it: "4:05", "1:02:09"; nothing without one."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def turn_number(index: int) -> int:
    """The number a person reads for the turn with this index: the first is 1."""
    return index + 1


def say_who(heard: Heard) -> str:
    """Who is who, in a sentence: "Ana is the coach, Ben the client."."""
    if heard.coach is None:
        return "Nobody is known to be the coach yet."
    client = next((coded.turn.speaker for coded in heard.turns if coded.role == "client" and coded.turn.speaker), None)
    return f"{heard.coach} is the coach, {client} the client." if client else f"{heard.coach} is the coach."


def say_length(heard: Heard) -> str:
    """How long the conversation is: "119 turns, 41:05"."""
    turns = heard.turns
    stamps = [stamp for coded in turns for stamp in (coded.turn.start, coded.turn.end) if stamp is not None]
    long = f", {say_time(max(stamps) - min(stamps))} long" if stamps else ""
    return f"{len(turns)} turn{'' if len(turns) == 1 else 's'}{long}"


def say_chance(p: float) -> str:
    """A probability in words of ten: "about 9 in 10"."""
    tenths = min(9, max(1, round(p * 10)))
    return f"about {tenths} in 10"

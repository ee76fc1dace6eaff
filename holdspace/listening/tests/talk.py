"""A made conversation for the tests: Ana coaches Ben, every code written by hand."""

from collections.abc import Iterator

from holdspace.listening import Act, Code, CodedTurn, Heard, Transcript, Turn
from holdspace.listening.values import Role, Stamps


def code(name: str, *, sure: bool = True) -> Code:
    """A code at .9."""
    return Code(name, 0.9, sure)


def ana(
    index: int,
    text: str,
    *,
    question: str = "none",
    reflection: str = "none",
    given: str = "none",
    asked: int | None = None,
    start: float | None = None,
    end: float | None = None,
) -> CodedTurn:
    """A turn of the coach; `asked` questions are spread over its text as acts."""
    main = "question" if question != "none" else "reflection" if reflection != "none" else "other"
    codes = {"main": main if given == "none" else "input", "question": question, "reflection": reflection}
    heads = {head: code(name) for head, name in {**codes, "input": given}.items()}
    count = asked if asked is not None else int(question != "none")
    acts = tuple(Act(question, 2 * at, 2 * at + 2, 0.9, True) for at in range(count))
    return CodedTurn(Turn(index, "Ana", text, start, end), "coach", heads, acts, {"question": "begins with “what”"})


def ben(
    index: int, text: str, talk: str = "neutral", start: float | None = None, end: float | None = None
) -> CodedTurn:
    """A turn of the client."""
    return CodedTurn(Turn(index, "Ben", text, start, end), "client", {"talk": code(talk)})


def session(pairs: int = 12) -> tuple[CodedTurn, ...]:
    """`pairs` questions with answers, ten words each, ten seconds a pair: 4 s question, 1 s pause, 5 s answer."""
    return tuple(turn for at in range(pairs) for turn in _pair(at))


def _pair(at: int) -> Iterator[CodedTurn]:
    ten = "what would one small first step look like for you"
    yield ana(2 * at, ten, question="open", start=10.0 * at, end=10 * at + 4)
    yield ben(2 * at + 1, "one two three four five six seven eight nine ten", start=10 * at + 5, end=10.0 * at + 10)


def heard(turns: tuple[CodedTurn, ...], stamps: Stamps = "fine", **more: object) -> Heard:
    """These turns as a heard conversation without measures."""
    transcript = Transcript(tuple(coded.turn for coded in turns), "json", stamps)
    return Heard(transcript, "Ana", turns, **more)  # type: ignore[arg-type]


def said(text: str, role: Role = "client", index: int = 0) -> CodedTurn:
    """One uncoded turn of either."""
    return CodedTurn(Turn(index, "Ben" if role == "client" else "Ana", text), role)

"""What must not change a code: order, neighbours, speakers' names, and whose name is said."""

from collections.abc import Callable

import pytest

from holdspace.listening import Transcript, Turn, listen
from holdspace.listening.coder import Engine, code_turns
from holdspace.listening.values import CodedTurn, Role

from .said import HOUR

ENGINES: tuple[Engine, ...] = ("quick", "careful")
NAMES = (
    *("Emma", "Olivia", "Charlotte", "Grace", "Hannah", "James", "William", "Oliver", "George", "Thomas"),
    *("Fatima", "Aisha", "Zainab", "Mohammed", "Omar", "Youssef", "Priya", "Ananya", "Rajesh", "Vikram"),
    *("Ngozi", "Adaeze", "Chinedu", "Kwame", "Amara", "Mei", "Xiuying", "Wei", "Haruto", "Yuki"),
    *("Sofia", "Guadalupe", "Santiago", "Mateo", "Svetlana", "Dmitri", "Leilani", "Aroha", "Tane", "Shaniqua"),
)
SAID: tuple[tuple[Role, str], ...] = (
    ("coach", "What did {} say when you asked about the move?"),
    ("client", "{} said I should wait, and I don't want to wait any longer."),
    ("coach", "So you'd hoped {} would be on your side."),
    ("client", "I don't think I can tell {} that I'm leaving."),
    ("coach", "You could write to {} first and then ask for half an hour."),
    ("client", "I'll talk to {} tomorrow, I really want this done."),
)
MOST = 0.1
"""No name may move the chance of a code by more than this, whatever else is said."""


def turns_of(said: tuple[tuple[Role, str], ...], speakers: dict[Role, str] | None = None) -> list[Turn]:
    named = speakers or {}
    return [Turn(at, named.get(role, role), text) for at, (role, text) in enumerate(said)]


def coded(said: tuple[tuple[Role, str], ...], engine: Engine) -> tuple[CodedTurn, ...]:
    return code_turns(turns_of(said), [role for role, _ in said], engine)


def told(some: tuple[CodedTurn, ...]) -> list[dict[str, tuple[str, float]]]:
    return [{head: (code.code, round(code.p, 4)) for head, code in one.codes.items()} for one in some]


@pytest.mark.parametrize("engine", ENGINES)
def test_no_other_session_has_a_say(engine: Engine) -> None:
    alone = told(coded(HOUR, engine))
    code_turns(turns_of(SAID), [role for role, _ in SAID], engine)
    assert told(coded(HOUR, engine)) == alone


@pytest.mark.parametrize("engine", ENGINES)
def test_what_stands_far_off_has_no_say(engine: Engine) -> None:
    far = tuple(("coach" if at % 2 else "client", f"We went on about the garden, bit {at}.") for at in range(60))
    one = told(coded((*HOUR, *far), engine))[: len(HOUR) - 3]
    other = told(coded((*HOUR, *far[::-1]), engine))[: len(HOUR) - 3]
    assert [{head: code for head, (code, _) in turn.items()} for turn in one] == [
        {head: code for head, (code, _) in turn.items()} for turn in other
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_the_speakers_are_called_changes_nothing(engine: Engine) -> None:
    def heard(coach: str, client: str) -> list[dict[str, tuple[str, float]]]:
        spoken = Transcript(tuple(turns_of(HOUR, {"coach": coach, "client": client})), "tests")
        return told(listen(spoken, coach, client, engine=engine).turns)

    assert heard("Ana", "Ben") == heard("Mohammed", "Shaniqua") == heard("Speaker 1", "Speaker 2")


@pytest.mark.parametrize("engine", ENGINES)
def test_forty_names_are_heard_alike(engine: Engine, record_property: Callable[[str, object], None]) -> None:
    runs = [coded(tuple((role, text.format(name)) for role, text in SAID), engine) for name in NAMES]
    assert len(set(NAMES)) == 40
    widest = 0.0
    for place in range(len(SAID)):
        for head in runs[0][place].codes:
            assert len({run[place].codes[head].code for run in runs}) == 1, (SAID[place], head)
            chances = [run[place].codes[head].p for run in runs]
            widest = max(widest, max(chances) - min(chances))
    record_property("widest change in p", widest)
    assert widest <= MOST, widest

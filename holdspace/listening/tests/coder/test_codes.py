"""What each turn does."""

from pathlib import Path

import pytest

from holdspace.listening import listen, read
from holdspace.listening.coder import Engine, code_turns, coder_for
from holdspace.listening.coder.model import HEADS
from holdspace.listening.values import Turn

from .said import HOUR, bare, coach, coded

TRANSCRIPTS = Path(__file__).resolve().parents[3] / "sample" / "transcripts"


def test_every_head_of_each_role_is_coded() -> None:
    for one in coded(*HOUR):
        assert set(one.codes) == set(HEADS[one.role])
        for head, code in one.codes.items():
            assert code.code in HEADS[one.role][head]
            assert 0 < code.p <= 1


def test_someone_who_is_neither_gets_no_codes() -> None:
    (one,) = coded(("other", "What would you like to get out of today?"))
    assert (dict(one.codes), one.acts, dict(one.why)) == ({}, (), {})


def test_the_same_talk_is_always_coded_the_same() -> None:
    assert coded(*HOUR) == coded(*HOUR)


def test_each_engine_has_a_name_and_a_version() -> None:
    assert coder_for("quick") == "quick-4"
    assert coder_for("careful") == "careful-6"


@pytest.mark.parametrize(
    ("text", "head", "code"),
    [
        ("What would you like to get out of today?", "question", "open"),
        ("Tell me more about the hours.", "question", "open"),
        ("How did you come to that?", "question", "open"),
        ("Did you send it?", "question", "closed"),
        ("Have you spoken to her?", "question", "closed"),
        ("Are you still at the firm?", "question", "closed"),
        ("What would you like to get out of today?", "main", "question"),
        ("So you're torn between staying and leaving.", "main", "reflection"),
        ("It sounds like you're tired of waiting.", "reflection", "reflection"),
        ("You feel that nobody listens to you.", "reflection", "reflection"),
        ("I'd suggest you update your CV.", "main", "input"),
        ("I'd suggest you update your CV.", "input", "advice"),
        ("Most firms reply within two weeks.", "main", "input"),
        ("Most firms reply within two weeks.", "input", "information"),
        ("Mm-hmm.", "main", "other"),
        ("Okay, great.", "question", "none"),
    ],
)
def test_plain_turns_of_a_coach(text: str, head: str, code: str) -> None:
    assert coach(text).codes[head].code == code


def test_a_plain_question_and_a_plain_nod_are_sure() -> None:
    assert coach("What would you like to get out of today?").codes["question"].sure
    assert coach("Mm-hmm.").codes["main"].sure


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I really want to change that. I'm going to call her tomorrow.", "change"),
        ("I don't want to. It's not that bad, I'm fine where I am.", "sustain"),
        ("He sits at the desk by the window.", "neutral"),
    ],
)
def test_plain_turns_of_a_client(text: str, code: str) -> None:
    assert coded(("coach", "What about the job?"), ("client", text))[1].codes["talk"].code == code


def test_a_turn_without_words_is_kept_as_nothing_and_unsure() -> None:
    for text in ("", "  ", "[laughs]", "…"):
        one = coach(text)
        assert {head: code.code for head, code in one.codes.items()} == {
            "main": "other",
            "question": "none",
            "reflection": "none",
            "input": "none",
        }
        assert not any(code.sure for code in one.codes.values())


@pytest.mark.parametrize(
    "text", ["blargh fnord wibble", "Je ne sais pas si je veux rester.", "Was willst du heute klären?"]
)
def test_what_is_not_english_is_never_sure(text: str) -> None:
    assert not any(code.sure for code in coach(text).codes.values())


@pytest.mark.parametrize("engine", ["quick", "careful"])
def test_the_heads_agree_with_the_main_one(engine: Engine) -> None:
    mains = set()
    for path in sorted(TRANSCRIPTS.glob("*.vtt")):
        for one in listen(read(path), engine=engine).turns:
            main = one.codes["main"].code if "main" in one.codes else "other"
            mains.add(main)
            assert main == "other" or one.codes[main].code != "none", one.turn.text
    assert mains == {"question", "reflection", "input", "other"}


def test_neighbours_count() -> None:
    alone = coded(("coach", "Half an hour."))[0].codes["main"].p
    answered = coded(("coach", "Half an hour."), ("client", "Yes, exactly."))[0].codes["main"].p
    assert alone != answered


def test_a_long_talk_is_coded_as_its_parts_are() -> None:
    """Where a window of a client's turns begins depends on what came before, and moves what is unsure anyway."""
    many = coded(*HOUR * 150)
    middle, last = len(HOUR) * 70, len(HOUR) * 75
    for one, again in zip(many[middle : middle + len(HOUR)], many[last : last + len(HOUR)], strict=True):
        for head, code in one.codes.items():
            other = again.codes[head]
            assert code.code == other.code or (head == "talk" and not code.sure and not other.sure)
            assert head == "talk" or round(code.p, 4) == round(other.p, 4)


def test_as_many_roles_as_turns() -> None:
    with pytest.raises(ValueError, match="1 turns but 2 roles"):
        code_turns([Turn(0, "Ana", "Hello.")], ["coach", "client"])


def test_nothing_is_nothing() -> None:
    assert code_turns([], []) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("What would you like to get out of today?", "open"),
        ("How did you come to that?", "open"),
        ("What made you decide to leave?", "open"),
        ("Did you send it?", "closed"),
        ("Have you spoken to her already?", "closed"),
    ],
)
def test_questions_are_found_without_marks(text: str, code: str) -> None:
    whole = [(role, bare(words)) for role, words in HOUR]
    assert coded(*whole, ("coach", bare(text)))[-1].codes["question"].code == code


@pytest.mark.parametrize("text", ["what would you like to get out of today", "what made you decide to leave"])
def test_a_bare_turn_among_punctuated_ones(text: str) -> None:
    assert coded(*HOUR, ("coach", text))[-1].codes["question"].code == "open"


def test_apostrophes_of_any_kind_are_the_same() -> None:
    said = ("You’re tired of it, aren’t you?", "You're tired of it, aren't you?")
    assert coach(said[0]).codes == coach(said[1]).codes

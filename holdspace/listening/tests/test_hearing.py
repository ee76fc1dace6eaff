"""Listening to a whole transcript: who is who, what is asked back, and the JSON of the contract."""

import json
import subprocess
import sys

import pytest

from holdspace.listening import CONTRACT, Heard, Transcript, TranscriptError, Turn, listen, read
from holdspace.listening.coder import coder_for
from holdspace.listening.measures import CAPTIONS

SCRIPT = """\
Coach Ana: What would you like to look at today?
Ben: I don't think I can do another interview like that.
Coach Ana: That last one is still with you. What was the hardest moment?
Ben: When they asked about the gap. I'll email Priya tomorrow to hear how she did it.
Coach Ana: I'll send you the list of questions by Friday.
Ben: Thank you.
"""


def spoken(*lines: tuple[str | None, str]) -> Transcript:
    return Transcript(tuple(Turn(at, speaker, text) for at, (speaker, text) in enumerate(lines)), "text")


def test_a_script_is_heard_whole() -> None:
    heard = listen(read(SCRIPT.encode()))
    assert (heard.coach, heard.asks, heard.coder) == ("Coach Ana", (), coder_for("careful"))
    assert [coded.role for coded in heard.turns] == ["coach", "client"] * 3
    assert heard.turns[0].codes["question"].code == "open"
    assert [one.name for one in heard.measures] == list(CAPTIONS)
    assert [(one.kind, one.owner, one.due) for one in heard.suggestions] == [
        ("concern", "client", None),
        ("promise", "client", "tomorrow"),
        ("promise", "coach", "by Friday"),
    ]


def test_hearing_twice_hears_the_same() -> None:
    assert listen(read(SCRIPT.encode())).to_dict() == listen(read(SCRIPT.encode())).to_dict()


@pytest.mark.parametrize("name", ["Ben", "ben", "  BEN ", "Ben (Guest)"])
def test_the_coach_may_be_named_however_it_is_written(name: str) -> None:
    heard = listen(read(SCRIPT.encode()), coach=name)
    assert heard.coach == "Ben"
    assert heard.turns[1].role == "coach"
    assert heard.asks == ()


@pytest.mark.parametrize("name", ["Cleo", "", "("])
def test_a_coach_who_is_not_there_is_refused_with_the_names(name: str) -> None:
    with pytest.raises(TranscriptError, match="The speakers are Coach Ana and Ben"):
        listen(read(SCRIPT.encode()), coach=name)


def test_no_speakers_are_asked_for_and_never_invented() -> None:
    heard = listen(spoken((None, "How are you?"), (None, "Fine.")))
    assert (heard.coach, heard.measures, heard.suggestions) == (None, (), ())
    assert all(coded.role == "other" and not coded.codes for coded in heard.turns)
    assert heard.asks == ("Who is the coach? The transcript names no speakers.",)


def test_a_coach_without_any_names_is_refused() -> None:
    with pytest.raises(TranscriptError, match="names no speakers"):
        listen(spoken((None, "How are you?")), coach="Ana")


def test_one_speaker_alone_is_asked_about() -> None:
    heard = listen(spoken(("Ana", "How are you?"), ("Ana", "And now?")))
    assert heard.coach is None
    assert heard.asks == ("Is Ana the coach or the client? Only one speaker is named.",)


def test_one_speaker_named_as_the_coach_is_heard() -> None:
    heard = listen(spoken(("Ana", "How are you?"), ("Ana", "And now?")), coach="Ana")
    assert [coded.role for coded in heard.turns] == ["coach", "coach"]
    assert heard.asks == ("Who is the client? Only Ana is named.",)


def test_of_more_than_two_the_one_with_most_words_is_the_client() -> None:
    heard = listen(
        spoken(("Ana", "Welcome both."), ("Mira", "Thanks."), ("Ben", "I have been thinking."), (None, "noise")), "Ana"
    )
    assert [coded.role for coded in heard.turns] == ["coach", "other", "client", "other"]
    assert not heard.turns[1].codes
    assert heard.asks == ("Is Ben the client? Mira also spoke and is left out.",)


def test_the_client_may_be_named_where_more_speak() -> None:
    three = spoken(("Ana", "Welcome both."), ("Mira", "Thanks."), ("Ben", "I have been thinking."))
    heard = listen(three, "Ana", "mira")
    assert [coded.role for coded in heard.turns] == ["coach", "client", "other"]
    assert heard.asks == ()
    with pytest.raises(TranscriptError, match="cannot be both"):
        listen(three, "Ana", "Ana")
    with pytest.raises(TranscriptError, match="Nobody here is called “Cleo”"):
        listen(three, "Ana", "Cleo")


def test_the_first_name_is_enough_where_only_one_has_it() -> None:
    two = spoken(("Dana Okafor", "What would help?"), ("Ben Ruiz", "I have been thinking."))
    assert listen(two, "dana").coach == "Dana Okafor"
    twice = spoken(("Dana Okafor", "What would help?"), ("Dana Ruiz", "I have been thinking."))
    for wanted in ("Dana", "Dana Smith", "", "Okafor"):
        with pytest.raises(TranscriptError, match="Nobody here is called"):
            listen(twice, wanted)


def test_another_language_is_asked_about() -> None:
    german = "Ich weiß nicht, ob ich das wirklich schaffe, aber ich möchte es nächste Woche noch einmal versuchen. " * 5
    heard = listen(spoken(("Ana", "Wie geht es dir?"), ("Ben", german)), "Ana")
    assert heard.asks[0].startswith("Is this in English?")
    assert not listen(read((SCRIPT * 5).encode())).asks


def test_an_unsure_guess_is_used_and_asked_about() -> None:
    heard = listen(spoken(("Ana", "So?"), ("Ben", "I was ill. Is that all right?"), ("Ana", "Of course. What now?")))
    if heard.coach is None:
        assert heard.asks == ("Who is the coach: Ana and Ben?",)
    else:
        assert heard.asks[0].startswith(f"Is {heard.coach} the coach? ")


def test_an_empty_transcript_is_heard() -> None:
    assert listen(Transcript((), "json")).to_dict()["turns"] == []


def test_turns_without_words_are_kept() -> None:
    heard = listen(spoken(("Ana", ""), ("Ben", "  ")), "Ana")
    assert [coded.turn.text for coded in heard.turns] == ["", "  "]
    assert heard.turns[0].codes["main"].code == "other"
    assert heard.turns[1].codes["talk"].code == "neutral"


def test_the_json_is_plain_and_says_its_version() -> None:
    told = listen(read(SCRIPT.encode())).to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["contract"] == CONTRACT
    assert set(told["turns"][0]) == {"index", "speaker", "role", "text", "start", "end", "codes", "acts", "why"}
    assert set(told["turns"][0]["codes"]) == {"main", "question", "reflection", "input"}
    assert set(told["turns"][1]["codes"]) == {"talk"}
    assert all(set(code) == {"code", "p", "sure"} for turn in told["turns"] for code in turn["codes"].values())
    assert {"name", "value", "low", "high", "n", "unit", "caveat", "turns"} <= set(told["measures"][0])
    assert set(told["suggestions"][0]) == {
        *("kind", "text", "owner", "due", "turn", "span", "p"),
        *("action", "due_on", "firm", "acknowledged", "met_with"),
    }


def test_what_is_heard_cannot_be_changed() -> None:
    heard = listen(read(SCRIPT.encode()))
    with pytest.raises(AttributeError):
        heard.coach = "Ben"  # type: ignore[misc]
    with pytest.raises(TypeError):
        heard.turns[0].codes["main"] = heard.turns[0].codes["question"]  # type: ignore[index]
    assert isinstance(heard, Heard)


def test_importing_listening_is_light() -> None:
    heavy = "numpy docx webvtt pysubs2 charset_normalizer django argparse"
    asked = f"import sys, holdspace.listening; print([n for n in {heavy.split()!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""Written-out conversations: Otter, Zoom, Meet, Rev and what people type."""

import pytest

from holdspace.listening import TranscriptError

from .spoken import heard, spoken, timed

OTTER = """Ana Fox  0:03
So, how was the week?

Ben  0:07
Hard. We met at 10:30
Note: I was late.

Ana Fox  1:00:09
And then?

Transcribed by https://otter.ai
"""

WAYS = {
    "Otter": "Ana Fox  0:03\nHow was it?\n\nBen  0:07\nHard.\n",
    "Otter with tabs": "Ana Fox\t0:03\nHow was it?\n\nBen\t0:07\nHard.\n",
    "Zoom": "[Ana Fox] 00:00:03\nHow was it?\n\n[Ben] 00:00:07\nHard.\n",
    "Zoom in one line": "00:00:03 Ana Fox: How was it?\n00:00:07 Ben: Hard.\n",
    "time first": "[00:00:03] Ana Fox: How was it?\n[00:00:07] Ben: Hard.\n",
    "time in round brackets": "(0:03) Ana Fox: How was it?\n(0:07) Ben: Hard.\n",
    "time after": "Ana Fox [00:00:03] How was it?\nBen [00:00:07] Hard.\n",
    "time after and a colon": "Ana Fox (00:03): How was it?\nBen (00:07): Hard.\n",
    "bare time and a colon": "Ana Fox 00:03: How was it?\nBen 00:07: Hard.\n",
    "Rev": "Ana Fox (00:03):\nHow was it?\n\nBen (00:07):\nHard.\n",
    "name, then time, then words": "Ana Fox\n0:03\nHow was it?\n\nBen\n0:07\nHard.\n",
    "time, then name, then words": "0:03\nAna Fox\nHow was it?\n0:07\nBen\nHard.\n",
    "time and name above": "0:03 - Ana Fox\nHow was it?\n0:07 - Ben\nHard.\n",
    "bar": "Ana Fox | 00:03\nHow was it?\n\nBen | 00:07\nHard.\n",
    "bold": "**Ana Fox** (0:03): How was it?\n\n**Ben** (0:07): Hard.\n",
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_write_who_and_when(way: str) -> None:
    assert timed(WAYS[way]) == [("Ana Fox", "How was it?", 3.0, None), ("Ben", "Hard.", 7.0, None)]
    assert heard(WAYS[way]).stamps == "seconds"


def test_otter_whole() -> None:
    assert timed(OTTER) == [
        ("Ana Fox", "So, how was the week?", 3.0, None),
        ("Ben", "Hard. We met at 10:30 Note: I was late.", 7.0, None),
        ("Ana Fox", "And then?", 3609.0, None),
    ]


def test_spans_of_time() -> None:
    assert timed("[00:01 - 00:05] Ana: Hi.\n[00:05 - 00:09] Ben: Yes.\n") == [
        ("Ana", "Hi.", 1.0, 5.0),
        ("Ben", "Yes.", 5.0, 9.0),
    ]


def test_plain_names() -> None:
    assert spoken("Ana: How was it?\nBen: Hard.\nAna: I see.\n") == [
        ("Ana", "How was it?"),
        ("Ben", "Hard."),
        ("Ana", "I see."),
    ]
    assert heard("Ana: How was it?\nBen: Hard.\n").stamps == "none"


def test_lines_without_a_name_belong_to_the_one_before() -> None:
    text = (
        "Ana: How was\nthe week?\n\nAnd the rest?\n\nBen: Three things.\nFirst: sleep.\nSecond: food.\n\nAna: Good.\n"
    )
    assert spoken(text) == [
        ("Ana", "How was the week? And the rest?"),
        ("Ben", "Three things. First: sleep. Second: food."),
        ("Ana", "Good."),
    ]


def test_long_wrapped_speeches() -> None:
    speech = "\n".join(f"and on it went for line {number} of many" for number in range(20))
    text = "\n".join(f"{name}: I begin.\n{speech}" for name in ("Ana", "Ben", "Ana", "Ben", "Ana"))
    assert [turn.speaker for turn in heard(text).turns] == ["Ana", "Ben", "Ana", "Ben", "Ana"]


def test_questions_and_answers() -> None:
    assert spoken("Q: How was it?\nA: Hard.\nQ: And now?\nA: Better.\n")[:2] == [("Q", "How was it?"), ("A", "Hard.")]


@pytest.mark.parametrize(
    "names",
    [
        ("coach", "client"),
        ("COACH", "CLIENT"),
        ("Speaker 1", "Speaker 2"),
        ("SPEAKER_00", "SPEAKER_01"),
        ("Dr. Ana Fox", "Ben O'Neill-Stone Jr."),
        ("Ana van der Berg", "Ben"),
        ("So Young Kim", "Sunday Stone"),
        ("Fox, Ana", "Ben"),
        ("田中", "鈴木"),
        ("Анна", "Бен"),
        ("آنا", "بن"),
        ("T", "C"),
        ("P1", "P2"),
    ],
)
def test_names_of_many_kinds(names: tuple[str, str]) -> None:
    text = f"{names[0]}: How was it?\n{names[1]}: Hard.\n{names[0]}: So.\n{names[1]}: Yes.\n"
    assert heard(text).speakers == names


def test_wide_colons() -> None:
    assert spoken("田中：おはよう\n鈴木：はい\n") == [("田中", "おはよう"), ("鈴木", "はい")]


def test_lower_case_names_when_they_recur() -> None:
    assert heard("ana: hi\nben: yes\nana: so\nben: ok\n").speakers == ("ana", "ben")


def test_more_than_two_and_one_who_speaks_once() -> None:
    text = "Ana: Hello.\n\nBen: Hi.\n\nAna: So.\n\nCleo: Sorry, wrong room.\n\nBen: Yes.\n"
    assert heard(text).speakers == ("Ana", "Ben", "Cleo")


def test_one_who_speaks_once_under_headers() -> None:
    text = "Ana 00:03\nHello\nBen 00:05\nLunch 12:30\nCleo Stone 00:07\nSorry\nAna 00:09\nSo\nBen 00:12\nYes\n"
    assert spoken(text)[1:3] == [("Ben", "Lunch 12:30"), ("Cleo Stone", "Sorry")]


def test_paragraphs_that_open_with_a_name() -> None:
    text = "Ana Fox\nHow was it?\n\nBen\nHard.\n\nAna Fox\nI see.\n\nBen\nYes.\n"
    assert spoken(text) == [("Ana Fox", "How was it?"), ("Ben", "Hard."), ("Ana Fox", "I see."), ("Ben", "Yes.")]


def test_meet_with_its_list_of_those_present() -> None:
    before = "Attendees\nAna Fox, Ben Stone\nTranscript\n00:00:00\n\n"
    read = heard(f"{before}Ana Fox: Hello.\nBen Stone: Hi.\n00:05:00\nAna Fox: So.\nMeeting ended after 00:06:10\n")
    assert [(turn.speaker, turn.text, turn.start) for turn in read.turns] == [
        ("Ana Fox", "Hello.", 0.0),
        ("Ben Stone", "Hi.", None),
        ("Ana Fox", "So.", 300.0),
    ]
    assert "before the first speaker" in read.notes[0]


def test_many_words_before_the_first_name_are_kept() -> None:
    before = "These are words that nobody is named for. " * 20
    assert spoken(f"{before}\n\nAna: Hello.\n\nBen: Hi.\n\nAna: So.\n")[0] == (None, before.strip())


def test_no_speakers_by_times() -> None:
    assert timed("0:03\nso the first\nand more\n0:07\nand then\n") == [
        (None, "so the first and more", 3.0, None),
        (None, "and then", 7.0, None),
    ]


def test_no_speakers_by_whisper_s_lines() -> None:
    assert timed("[00:00.000 --> 00:04.500]  Hello there.\n[00:04.500 --> 00:08.000]  I am here.\n") == [
        (None, "Hello there.", 0.0, 4.5),
        (None, "I am here.", 4.5, 8.0),
    ]


def test_no_speakers_by_paragraphs_else_by_lines() -> None:
    assert spoken("It was late: we met\nat 10:30.\n\nLater: nothing.\n") == [
        (None, "It was late: we met at 10:30."),
        (None, "Later: nothing."),
    ]
    assert spoken("one line\nanother line\n") == [(None, "one line"), (None, "another line")]


def test_titles_are_no_speakers() -> None:
    assert (
        heard(
            "First Title\nSome words\n\nSecond Title\nMore words\n\nThird Title\nEven more\n\nFourth Title\nEnd\n"
        ).speakers
        == ()
    )


def test_remarks_with_a_time_are_no_headers() -> None:
    text = "Ana: So?\nBen: Sure. [unintelligible 00:01:33]\nAna: Good.\nBen: Yes\n[inaudible 00:02:05]\nwell.\n"
    assert spoken(text)[1] == ("Ben", "Sure. [unintelligible 00:01:33]")
    assert spoken(text)[3] == ("Ben", "Yes [inaudible 00:02:05] well.")


def test_a_time_that_begins_a_wrapped_line_is_said() -> None:
    speech = "\n".join("and so it goes on and on" for _ in range(12))
    text = f"Ana: When?\n{speech}\n6:15? or\n8:00 would do\n7:30\nBen: Yes.\nAna: Good.\nBen: So.\n"
    assert "6:15? or 8:00 would do 7:30" in heard(text).turns[0].text


def test_a_dash_at_the_end_is_said() -> None:
    assert spoken("[0:01] Ana: I was, so—\n[0:03] Ben: Yes -\n")[0] == ("Ana", "I was, so—")


def test_links_times_and_short_forms_are_no_speakers() -> None:
    lines = [
        "See https://example.org: it is good",
        "12:30 is when we met",
        "Note: x",
        "PS: y",
        "Date: 3 March",
        "So: z",
    ]
    assert heard("\n".join(lines * 3)).speakers == ()


@pytest.mark.parametrize(
    "badge", ["(Guest)", "(Host)", "(She/her)", "(they/them/theirs)", "[External]", "(Unverified)", "(Co-host) (me)"]
)
def test_badges_are_no_part_of_a_name(badge: str) -> None:
    assert heard(f"Ana Fox {badge}: Hello.\nBen: Hi.\nAna Fox: So.\n").speakers == ("Ana Fox", "Ben")


def test_other_brackets_stay() -> None:
    assert heard("Ana Fox (Acme): Hello.\nBen: Hi.\nAna Fox (Acme): So.\n").speakers == ("Ana Fox (Acme)", "Ben")


def test_times_of_day_are_kept_and_told() -> None:
    read = heard("[Ana Fox] 10:02:11\nHello.\n\n[Ben] 10:02:15\nHi.\n")
    assert [turn.start for turn in read.turns] == [36131.0, 36135.0]
    assert "times of day" in read.notes[0]


def test_times_of_day_in_twelve_hours() -> None:
    read = heard("Ana Fox  1:02 PM\nHello.\n\nBen  1:03 PM\nHi.\n")
    assert [(turn.speaker, turn.start) for turn in read.turns] == [("Ana Fox", 46920.0), ("Ben", 46980.0)]


def test_the_chat_of_a_meeting_is_refused() -> None:
    with pytest.raises(TranscriptError, match="chat of a meeting"):
        heard("10:02:11 From Ana Fox to Everyone:\n\tHello\n10:03:00 From Ben to Everyone:\n\tHi\n")


@pytest.mark.parametrize("text", ["00:03\n", "Ana  0:03\n", "0:03\n0:05\n", "Ana:\nBen:\n"])
def test_without_words_is_refused(text: str) -> None:
    with pytest.raises(TranscriptError, match="no words"):
        heard(text)

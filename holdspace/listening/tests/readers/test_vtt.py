"""WebVTT from Zoom, Teams, Meet and Webex, and whatever else its rules allow."""

import pytest

from .spoken import heard, spoken, timed, vtt

ZOOM = """WEBVTT

1
00:00:01.120 --> 00:00:03.500
Ana Fox: So, how was the week?

2
00:00:03.500 --> 00:00:05.000
Ana Fox: Take your time.

3
00:00:05.250 --> 00:00:09.000
Ben (Guest): Here's the thing: we met at 12:30. Note: it was hard.
"""

TEAMS = """WEBVTT

4f1-0
00:00:01.120 --> 00:00:03.500
<v Ana Fox>So, how was the week?</v>

4f1-1
00:00:05.250 --> 00:00:09.000
<v.loud.first Ben [External]>Hard &amp; <i>long</i>.</v>
<v Ana Fox>Oh.</v>
"""


def test_zoom_names_and_joins() -> None:
    assert timed(ZOOM) == [
        ("Ana Fox", "So, how was the week? Take your time.", 1.12, 5.0),
        ("Ben", "Here's the thing: we met at 12:30. Note: it was hard.", 5.25, 9.0),
    ]
    assert (heard(ZOOM).format, heard(ZOOM).stamps, heard(ZOOM).notes) == ("webvtt", "fine", ())


def test_teams_voices_even_two_in_one_caption() -> None:
    assert timed(TEAMS) == [
        ("Ana Fox", "So, how was the week?", 1.12, 3.5),
        ("Ben", "Hard & long.", 5.25, 9.0),
        ("Ana Fox", "Oh.", 5.25, 9.0),
    ]


def test_an_anonymous_voice_is_nobody() -> None:
    assert spoken(vtt("<v Ana>Hello.</v>", "<v >Hi.</v>", "No voice.")) == [
        ("Ana", "Hello."),
        (None, "Hi."),
        (None, "No voice."),
    ]


def test_webex_names_in_the_identifier() -> None:
    first = '1 "Ana Fox" (12345)\n00:01.000 --> 00:02.000\nHello: you.\n'
    text = f'WEBVTT\n\n{first}\n2 "Ben" (7)\n00:02.000 --> 00:03.000\nHi.\n'
    assert spoken(text) == [("Ana Fox", "Hello: you."), ("Ben", "Hi.")]


def test_meet_names_in_brackets_on_their_own_line() -> None:
    assert spoken(vtt("(Ana Fox)\nHello.", "(Ben)\nHi.", "(Ana Fox)\nGood.", "(Ben)\n(laughs)")) == [
        ("Ana Fox", "Hello."),
        ("Ben", "Hi."),
        ("Ana Fox", "Good."),
        ("Ben", "(laughs)"),
    ]


def test_names_only_where_the_speaker_changes_hold_until_the_next() -> None:
    read = heard(vtt("ANA: How was it?", "Tell me.", "BEN: Well.", "Hard.", "[Music]", "ANA: I see."))
    assert [(turn.speaker, turn.text) for turn in read.turns] == [
        ("ANA", "How was it? Tell me."),
        ("BEN", "Well. Hard."),
        (None, "[Music]"),
        ("ANA", "I see."),
    ]
    assert "named last" in read.notes[0]


def test_a_name_said_again_now_and_then_still_holds() -> None:
    lines = ["ANA: One.", "Two.", "Three.", "ANA: Four.", "ANA: Five.", "Six.", "BEN: Seven.", "Eight."]
    assert spoken(vtt(*lines)) == [("ANA", "One. Two. Three. Four. Five. Six."), ("BEN", "Seven. Eight.")]


def test_an_unnamed_caption_among_repeated_names_stays_unnamed() -> None:
    assert spoken(vtt("Ana: One.", "Ana: Two.", "Three.", "Ben: Four.")) == [
        ("Ana", "One. Two."),
        (None, "Three."),
        ("Ben", "Four."),
    ]


def test_dialogue_within_one_caption() -> None:
    assert spoken(vtt("- Ana: Hello.\n- Ben: Hi.", "- Ana: So?\n- Ben: Yes.")) == [
        ("Ana", "Hello."),
        ("Ben", "Hi."),
        ("Ana", "So?"),
        ("Ben", "Yes."),
    ]


def test_a_word_and_a_colon_on_a_later_line_is_no_speaker() -> None:
    assert spoken(vtt("Ana: So.\nForward: that is the way.", "Ben: Yes.", "Ana: Good.", "Ben: Fine."))[0] == (
        "Ana",
        "So. Forward: that is the way.",
    )


def test_plain_captions_stay_apart_and_nobody_is_invented() -> None:
    lines = [
        "So here's the thing: it was hard.",
        "Note: late.",
        "at 12:30 we met",
        "see https://example.org: yes",
        "Monday: gym",
    ]
    assert spoken(vtt(*lines)) == [(None, line) for line in lines]


def test_a_label_that_comes_once_in_plain_captions_is_words() -> None:
    lines = [f"we talked about number {number}" for number in range(20)]
    assert heard(vtt(*lines, "My Answer: no.")).speakers == ()


def test_whole_seconds_are_told_from_fine_ones() -> None:
    assert heard(vtt("Ana: Hello.")).stamps == "seconds"
    assert heard("WEBVTT\n\n00:01.000 --> 00:02.001\nAna: Hello.").stamps == "fine"


def test_overlap_is_kept() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:09.000\n<v Ana>Long.\n\n00:03.000 --> 00:04.000\n<v Ben>Mm.\n\n"
        "00:05.000 --> 00:06.000\n<v Ben>Yes.\n"
    )
    assert timed(text) == [("Ana", "Long.", 1.0, 9.0), ("Ben", "Mm. Yes.", 3.0, 6.0)]


def test_a_joined_turn_ends_with_its_last_end() -> None:
    assert timed("WEBVTT\n\n00:01.000 --> 00:09.000\n<v Ana>Long.\n\n00:03.000 --> 00:04.000\n<v Ana>In it.\n") == [
        ("Ana", "Long. In it.", 1.0, 9.0)
    ]


def test_times_that_go_backwards_are_kept_and_told() -> None:
    read = heard("WEBVTT\n\n01:05.000 --> 01:06.000\nOne.\n\n00:03.000 --> 00:04.000\nTwo.\n")
    assert [turn.start for turn in read.turns] == [65.0, 3.0]
    assert "backwards once, first to 0:03" in read.notes[0]


CONFORMANT = {
    "signature alone": ("WEBVTT", []),
    "signature and line end": ("WEBVTT\n", []),
    "byte-order mark": ("\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nHi", ["Hi"]),
    "title": ("WEBVTT - Session with Ben\n\n00:01.000 --> 00:02.000\nHi\n", ["Hi"]),
    "title after a tab": ("WEBVTT\tx\n\n00:01.000 --> 00:02.000\nHi\n", ["Hi"]),
    "header lines": ("WEBVTT\nKind: captions\nLanguage: en\n\n00:01.000 --> 00:02.000\nHi\n", ["Hi"]),
    "carriage returns": ("WEBVTT\r\r00:01.000 --> 00:02.000\rHi\r\r", ["Hi"]),
    "both": ("WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nHi\r\n", ["Hi"]),
    "mixed": ("WEBVTT\r\n\n00:01.000 --> 00:02.000\rHi\n\r\n", ["Hi"]),
    "comments": ("WEBVTT\n\nNOTE\nfor us\nalone\n\nNOTE one line\n\n00:01.000 --> 00:02.000\nHi\n\nNOTE last", ["Hi"]),
    "style": ("WEBVTT\n\nSTYLE\n::cue {\n color: red }\n\n00:01.000 --> 00:02.000\nHi\n", ["Hi"]),
    "region": ("WEBVTT\n\nREGION\nid:a\nwidth:40%\n\n00:01.000 --> 00:02.000 region:a\nHi\n", ["Hi"]),
    "identifier": ("WEBVTT\n\nNote one\n00:01.000 --> 00:02.000\nHi\n", ["Hi"]),
    "settings": ("WEBVTT\n\n00:01.000 --> 00:02.000 line:0 position:10%,line-left align:start\nHi\n", ["Hi"]),
    "tabs about the arrow": ("WEBVTT\n\n00:01.000\t-->\t00:02.000\tline:0\nHi\n", ["Hi"]),
    "hours": ("WEBVTT\n\n01:00:01.000 --> 01:00:02.000\nHi\n", ["Hi"]),
    "a thousand hours": ("WEBVTT\n\n1000:00:01.000 --> 1000:00:02.000\nHi\n", ["Hi"]),
    "empty caption": ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\nHi\n", ["Hi"]),
    "no line end": ("WEBVTT\n\n00:01.000 --> 00:02.000\nHi", ["Hi"]),
    "many empty lines": ("WEBVTT\n\n\n\n00:01.000 --> 00:02.000\nHi\n\n\n\n", ["Hi"]),
    "two lines": ("WEBVTT\n\n00:01.000 --> 00:02.000\nHi\nyou\n", ["Hi you"]),
    "tags": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<c.a.b>Hi</c> <b>my</b> <u>own</u> <lang en-GB>you</lang>\n",
        ["Hi my own you"],
    ),
    "moments": ("WEBVTT\n\n00:01.000 --> 00:03.000\nHi <00:00:01.500>you <00:02.000>two\n", ["Hi you two"]),
    "ruby": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>です\n", ["東京です"]),
    "entities": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\na &lt;b&gt; &amp; c&nbsp;d &lrm;e&rlm; &#233;\n",
        ["a <b> & c d e é"],
    ),
    "a bare greater-than": ("WEBVTT\n\n00:01.000 --> 00:02.000\na > b\n", ["a > b"]),
    "zero": ("WEBVTT\n\n00:01.000 --> 00:02.000\na\x00b\n", ["a\ufffdb"]),
    "strange line ends within": ("WEBVTT\n\n00:01.000 --> 00:02.000\na\u2028b\x0bc\x85d\n", ["a b c d"]),
}


@pytest.mark.parametrize("name", CONFORMANT)
def test_a_conformant_file_is_never_refused(name: str) -> None:
    text, words = CONFORMANT[name]
    read = heard(text)
    assert read.format == "webvtt"
    assert [turn.text for turn in read.turns] == words
    assert read.notes == (() if words else ("The file is sound, but there are no words in it.",))


def test_hours_count() -> None:
    assert timed("WEBVTT\n\n1000:00:01.000 --> 1000:00:02.500\nHi\n") == [(None, "Hi", 3600001.0, 3600002.5)]


BROKEN = {
    "comma for a point": ("WEBVTT\n\n00:00:01,500 --> 00:00:02,000\nHi\n", [(None, "Hi", 1.5, 2.0)]),
    "short fields": ("WEBVTT\n\n0:0:1.5 --> 0:0:2.0\nHi\n", [(None, "Hi", 1.5, 2.0)]),
    "no empty line after the signature": ("WEBVTT\n00:01.000 --> 00:02.000\nHi\n", [(None, "Hi", 1.0, 2.0)]),
    "an arrow in the words": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nfrom here --> there\n",
        [(None, "from here --> there", 1.0, 2.0)],
    ),
    "an arrow before words": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n--> onwards\nQ: --> why\n",
        [(None, "--> onwards Q: --> why", 1.0, 2.0)],
    ),
    "a heart": ("WEBVTT\n\n00:01.000 --> 00:02.000\nI <3 it, 5 < 6\n", [(None, "I <3 it, 5 < 6", 1.0, 2.0)]),
    "unknown tags are words": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nwell <laughs> yes\n",
        [(None, "well <laughs> yes", 1.0, 2.0)],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_slightly_broken_reads_all_the_same(name: str) -> None:
    text, turns = BROKEN[name]
    assert timed(text) == turns


@pytest.mark.parametrize(
    "times", ["00:61:00.000 --> 00:62:00.000", "00:00:75.000 --> 00:00:80.000", "soon:1 --> later", "-->"]
)
def test_unreadable_times_lose_no_words(times: str) -> None:
    read = heard(f"WEBVTT\n\n{times}\nHi there\n\n00:03.000 --> 00:04.000\nMore\n")
    assert [(turn.text, turn.start) for turn in read.turns] == [("Hi there", None), ("More", 3.0)]
    assert read.notes == ("On line 3 no times could be read; the words there are kept without times.",)


def test_words_outside_any_caption_are_kept_and_told() -> None:
    read = heard("WEBVTT\n\n00:01.000 --> 00:02.000\nFirst\n\nsecond half\n")
    assert [turn.text for turn in read.turns] == ["First", "second half"]
    assert "line 6" in read.notes[0]

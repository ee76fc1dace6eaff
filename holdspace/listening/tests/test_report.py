"""The report of a terminal: everything in it, nothing too wide, nothing that moves the cursor."""

import dataclasses

from holdspace.listening import CodedTurn, Suggestion, Transcript, Turn, listen, read
from holdspace.listening.measures import measure
from holdspace.listening.report import report

from .talk import ana, heard, session
from .test_hearing import SCRIPT


def test_a_whole_report() -> None:
    said = report("ana-and-ben.txt", listen(read(SCRIPT.encode())))
    assert said.startswith("ana-and-ben.txt\n6 turns. Coach Ana is the coach, Ben the client.\n")
    assert "Promises that wait for a person" in said
    assert "  5     Coach Ana: “send you the list of questions” (by Friday), about 9 in 10" in said
    assert "  2     Ben: “I don't think I can do another interview like that.”" in said
    assert said.endswith("\n")


def test_the_coach_goes_first_among_promises() -> None:
    said = report("a", listen(read(SCRIPT.encode())))
    assert said.index("send you the list") < said.index("email Priya")


def test_every_measure_stands_with_its_range_count_and_caveat() -> None:
    turns = session()
    said = report("a", heard(turns, measures=measure(turns, "fine", {}))).replace("\n", " ")
    assert "Coach turns that inform or advise" in said
    assert ".00 (.00–.24), 0 of 12" in said
    assert "No pass mark." in said


def test_a_hidden_figure_says_why() -> None:
    turns = session(3)
    said = report("a", heard(turns, measures=measure(turns, "fine", {})))
    assert "– (0 of 3)" in said
    assert "Only 3 coach turns; fewer than 10 say too little for a figure." in said


def test_stacked_questions_are_quoted_with_their_line() -> None:
    said = report("a", heard((ana(0, "Hm."), ana(1, "A?B?", question="open", asked=2))))
    assert "Stacked questions\n  2     “A? / B?”" in said


def test_many_closed_questions_are_counted_out() -> None:
    turns = tuple(ana(at, f"Did you {at}?", question="closed") for at in range(14))
    said = report("a", heard(turns))
    assert "and 4 more" in said


def test_questions_that_wait_are_asked_first() -> None:
    said = report("a", listen(Transcript((Turn(0, None, "Hello."),), "text")))
    assert "? Who is the coach? The transcript names no speakers." in said
    assert "Put a name before each turn" in said
    assert "Measures" not in said


def test_no_line_is_too_wide() -> None:
    long = dataclasses.replace(
        listen(read(SCRIPT.encode())),
        suggestions=(Suggestion("promise", "word " * 90, "coach", 0, (0, 4), 0.9),),
    )
    assert max(map(len, report("a" * 40, long).splitlines())) <= 92


def test_words_never_move_the_cursor() -> None:
    turn = Turn(0, "Ana\x1b[2J", "Is it\x1b]0;title\x07 so?\x9b31m")
    turns = (CodedTurn(turn, "coach", ana(0, "", question="closed").codes),)
    said = report("na\x1bme.txt", heard(turns))
    assert "\x1b" not in said
    assert "\x9b" not in said
    assert "\x07" not in said


def test_a_terminal_gets_bold_headings_only() -> None:
    bright = report("a", listen(read(SCRIPT.encode())), bright=True)
    assert "\x1b[1mMeasures\x1b[0m" in bright
    assert bright.replace("\x1b[1m", "").replace("\x1b[0m", "") == report("a", listen(read(SCRIPT.encode())))


def test_a_question_says_how_to_answer_it() -> None:
    said = report("a", listen(read(b"Ana: Well, good morning.\nBen: Well, good morning.\n")))
    assert "? " in said
    assert "Answer with --coach NAME" in said

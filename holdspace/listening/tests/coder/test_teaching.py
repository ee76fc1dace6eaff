"""What the transformers learn from, and in which order."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="PyTorch is not installed; only fine-tuning needs it")

from holdspace.listening.coder.windows import FIRST, LAST
from training import sessions, teaching, tuning
from training.annomi import Conversation, Utterance

ASKED = Utterance("coach", "So, " + "and then we talked about it again " * 20, {"main": "question", "question": "open"})
NODDED = Utterance("client", "[laughs]", {"talk": "neutral"})
SAID = Utterance("client", "I want to stop, Maria, I do.", {"talk": "change"})
TALK = Conversation("one", "video", (ASKED, NODDED, SAID))


def test_a_clients_lesson_holds_their_turns_and_the_ends_of_what_was_asked() -> None:
    lesson = tuning.lesson(TALK, tuning.CLIENT, tuning.pieces())
    assert [len(some) for some, _ in lesson.written[:1]] == [FIRST + LAST]
    assert [who for _, who in lesson.written] == [0, 1]
    assert lesson.labels == [{}, {"talk": 0}]
    assert lesson.written[1] != lesson.bare[1]


def test_a_coachs_lesson_holds_every_head_and_names_are_set_aside() -> None:
    lesson = tuning.lesson(TALK, tuning.COACH, tuning.pieces())
    assert len(lesson.written[0][0]) > FIRST + LAST
    assert set(lesson.labels[0]) == {"main", "question"}
    other = Conversation("one", "video", (ASKED, NODDED, Utterance("client", "I want to stop, Ngozi, I do.", {})))
    assert tuning.lesson(other, tuning.COACH, tuning.pieces()).written == lesson.written


def test_what_was_learned_before_and_how_is_part_of_what_is_kept() -> None:
    begin = {"weights": np.zeros(3, np.float32)}
    tasks = (
        teaching.Task("a", tuning.CLIENT, (TALK,)),
        teaching.Task("a", tuning.HABITS, (TALK,)),
        teaching.Task("a", tuning.CLIENT, (TALK,), begin),
    )
    assert len({task.known_by() for task in tasks}) == 3
    assert teaching.Task("b", tuning.CLIENT, (TALK,)).known_by() == tasks[0].known_by()


def test_talks_about_habits_count_more_than_sessions_where_a_lean_is_first_learned() -> None:
    named = {name: teaching.counts(Conversation(name, name, ())) for name in (f"{sessions.HABITS}1", "own-01-x", "12")}
    assert named == {f"{sessions.HABITS}1": 1.0, "own-01-x": teaching.OURS, "12": 1.0}


def test_the_same_course_teaches_the_same_and_goes_on_from_where_another_ended() -> None:
    lessons = [tuning.lesson(TALK, tuning.CLIENT, tuning.pieces())] * 4
    first = tuning.tuned(lessons, tuning.CLIENT)
    again = tuning.tuned(lessons, tuning.CLIENT)
    further = tuning.tuned(lessons, tuning.CLIENT, first)
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["heads.talk.bias"], further["heads.talk.bias"])
    assert np.array_equal(first["word.weight"], further["word.weight"])

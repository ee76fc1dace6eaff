"""Who the coach is: by name, by questions, or left open."""

from holdspace.listening import Transcript, Turn
from holdspace.listening.roles import guess_coach


def talk(*said: tuple[str | None, str]) -> Transcript:
    return Transcript(tuple(Turn(index, who, text) for index, (who, text) in enumerate(said)), "script")


def test_a_title_in_the_name_is_enough() -> None:
    assert guess_coach(talk(("Client", "Hello."), ("Coach Dana", "Hello."))).speaker == "Coach Dana"


def test_the_one_beside_a_client_is_the_coach() -> None:
    guess = guess_coach(talk(("Client 4", "Hello?"), ("Dana", "Hello.")))
    assert (guess.speaker, guess.sure) == ("Dana", True)


def test_whoever_asks_is_the_coach_and_the_counts_say_why() -> None:
    guess = guess_coach(talk(*[("Ana", "What then?"), ("Ben", "I left.")] * 8))
    assert guess.speaker == "Ana"
    assert guess.sure
    assert "8 of 8" in guess.why


def test_questions_without_marks_count_too() -> None:
    assert guess_coach(talk(*[("Ben", "i left"), ("Ana", "what happened then")] * 8)).speaker == "Ana"


def test_whoever_speaks_of_you_is_the_coach_where_both_ask() -> None:
    guess = guess_coach(talk(*[("Ben", "Should I tell him what I want?"), ("Ana", "Would that help you?")] * 6))
    assert (guess.speaker, guess.sure) == ("Ana", True)
    assert "says “you” 6 times and “I” 0 times" in guess.why


def test_two_who_ask_alike_leave_it_open() -> None:
    assert guess_coach(talk(*[("Ana", "Why?"), ("Ben", "Why not?")] * 8)).speaker is None


def test_a_narrow_lead_is_a_guess_but_not_sure() -> None:
    guess = guess_coach(talk(*[("Ana", "Why?"), ("Ben", "Why not?")] * 5, ("Ana", "And then?")))
    assert (guess.speaker, guess.sure) == ("Ana", False)


def test_two_questions_are_a_guess_but_not_sure() -> None:
    guess = guess_coach(talk(("Ana", "Why?"), ("Ben", "So."), ("Ana", "And then?"), ("Ben", "I left.")))
    assert (guess.speaker, guess.sure) == ("Ana", False)


def test_short_talks_and_single_speakers_leave_it_open() -> None:
    assert guess_coach(talk(("Ana", "Why?"), ("Ben", "So."))).speaker is None
    assert guess_coach(talk(*[("Ana", "Why?")] * 9)).speaker is None
    assert guess_coach(talk((None, "Why?"), (None, "So."))).speaker is None

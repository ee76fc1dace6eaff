"""What a mentor reads: what the client ticked of one session, the coach's question on top; each look is traced."""

import pytest
from django.urls import reverse

from holdspace.conversations.models import Mark, Note, Release, Session, Transcript, write_note
from holdspace.conversations.release import answer, ask_to_release
from holdspace.conversations.tests.releasing import BOTH, WHY
from holdspace.engagements.hand_over import answer_as_client, answer_as_coach, hand_over
from holdspace.engagements.models import Engagement
from holdspace.people.begin import seat
from holdspace.people.models import Practice, Seat, User
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, meeting, person, unknown
from tests.test_cost import DOOR, PAGE, questions

SAID = {"notes": ["Shared by Ana", "Shared by Ben"], "transcript": ["part of you is afraid", "open question"]}
NEVER = [
    "Only for",
    "three stories down by",
    'class="suggestion',
    'id="measures"',
    'id="found"',
    "To find work that fits",
]
DEEDS = ("session", "change_session", "add_note", "agree", "withdraw", "remove_transcript", "ask_release")


@pytest.fixture
def given(asked: Release) -> Release:
    answer(asked, yes=True, parts=BOTH, by=asked.engagement.client)
    return asked


def read(mentor: User, release: Release) -> str:
    return browser(mentor).get(reverse("released", args=[release.pk])).content.decode()


@pytest.mark.parametrize("parts", [["notes"], ["transcript"], BOTH], ids=" ".join)
def test_just_what_was_ticked_is_read(asked: Release, mira: User, parts: list[str]) -> None:
    answer(asked, yes=True, parts=parts, by=asked.engagement.client)
    words = read(mira, asked)
    assert words.index(WHY) < min(words.index(SAID[part][0]) for part in parts), "the question stands on top"
    assert "Before the interview" in words
    for part, said in SAID.items():
        assert [one in words for one in said] == [part in parts] * len(said), part
    assert "Ben, Ana and you" in words
    assert not [one for one in [*NEVER[:1], *NEVER[2:]] if one in words]


def test_the_machines_reading_of_the_clients_lines_is_not_shown(given: Release, ana: User, mira: User) -> None:
    for who, sees in ((mira, False), (ana, True)):
        path = reverse("released", args=[given.pk]) if who == mira else given.session.get_absolute_url()
        talk = browser(who).get(path).content.decode().split('<ol class="talk">')[1].split("</ol>")[0]
        turns = talk.split('<li class="turn"')[1:]
        coded = {turn.split('data-role="')[1].split('"')[0] for turn in turns if 'class="codes"' in turn}
        assert coded == ({"coach", "client"} if sees else {"coach"}), who.name


def test_each_look_stands_where_the_client_sees_who_read_what_and_names_the_mentor(
    given: Release, shared: Session, ana: User, ben: User, mira: User
) -> None:
    read(mira, given)
    mine = Trace.objects.visible_to(ben).filter(actor_id=mira.pk, subject_id=ben.pk, verb="read")
    nouns = set(mine.values_list("noun", flat=True))
    assert nouns == {"conversations.transcript", "conversations.note", "conversations.session"}
    for who, what in ((ben, "read what was said"), (ana, "read a note"), (ana, "read what you asked a mentor")):
        words = browser(who).get(reverse("reads")).content.decode()
        assert "Mira, a mentor" in words
        assert what in words
        assert "Somebody no longer here" not in words
    opened = browser(ben).get(shared.get_absolute_url()).content.decode().split("Who opened this")[1]
    assert "Ana&#x27;s mentor Mira" in opened
    given.close(by=ben)
    assert "Mira, a mentor" in browser(ben).get(reverse("reads")).content.decode(), "what was read was read"
    opened = browser(ben).get(shared.get_absolute_url()).content.decode().split("Who opened this")[1]
    assert "Ana&#x27;s mentor Mira" in opened


def test_the_privacy_line_names_the_mentor_on_both_sides_and_only_where_it_is_true(
    asked: Release, shared: Session, ana: User, ben: User
) -> None:
    where = shared.get_absolute_url()
    for who in (ana, ben):
        assert "mentor Mira (" not in browser(who).get(where).content.decode(), "nobody reads before the yes"
    answer(asked, yes=True, parts=BOTH, by=ben)
    write_note(shared, new_id(), "Shared later", by=ana).share(by=ana)
    for who, two, whose in ((ana, "You, Ben", "your"), (ben, "You, Ana", "Ana&#x27;s")):
        words = browser(who).get(where).content.decode()
        assert f"{two} and {whose} mentor Mira (shared notes and the transcript)" in words
        said = {}
        for note in words.split('<article class="note"')[1:]:
            line = note.split('class="who-reads"')[1].split("</span> ")[1].split("</p>")[0]
            said[next(one for one in ("Only for", "later", "Shared by") if one in note)] = line
        assert said["Shared by"] == f"{two} and {whose} mentor Mira"
        assert said["Only for"] == "Only you"
        assert said["later"] == two.replace(",", " and"), "what was shared after the yes is not in it"
    own = Note.objects.visible_to(ben).filter(writer=ben, shared_at__isnull=False).get()
    page = browser(ben).get(reverse("note_readers", args=[own.pk])).content.decode()
    assert "You, Ana and Ana&#x27;s mentor Mira" in page


def test_once_another_coach_goes_on_the_mentor_reads_no_more(
    given: Release, shared: Session, ana: User, ben: User, eve: User
) -> None:
    handover = hand_over(shared.engagement, eve, by=ana)
    answer_as_client(handover, yes=True, kinds=["notes"], by=ben)
    answer_as_coach(handover, yes=True, by=eve)
    words = browser(ben).get(shared.get_absolute_url()).content.decode()
    assert "You, Ana and Eve (shared notes)" in words
    assert "mentor Mira (" not in words
    assert browser(given.mentor).get(reverse("released", args=[given.pk])).status_code == 404


def test_a_mentors_home_lists_what_is_released_and_says_when_nothing_is(
    asked: Release, practice: Practice, mira: User, ben: User
) -> None:
    home = browser(mira).get("/").content.decode()
    assert "Nothing is released to you just now" in home
    assert "You look after this practice" not in home
    assert "Nothing is released" in browser(mira).get(reverse("all_released")).content.decode()
    answer(asked, yes=True, parts=["notes"], by=ben)
    where = reverse("released", args=[asked.pk])
    for path in ("/", reverse("all_released")):
        words = browser(mira).get(path).content.decode()
        assert where in words
        assert "Ana, session of" in words
        assert "Ben" not in words, "a list names no client"
        assert WHY not in words, "nothing is read in passing"
        assert "Nothing is released" not in words


def test_a_coach_who_mentors_too_finds_it_on_their_day(
    given: Release, shared: Session, practice: Practice, eve: User, ana: User, ben: User
) -> None:
    seat(eve, practice, Seat.Role.MENTOR)
    made = ask_to_release(shared, eve, ["notes"], "", by=ana)
    answer(made, yes=True, parts=["notes"], by=ben)
    assert reverse("released", args=[made.pk]) in browser(eve).get("/").content.decode()
    assert reverse("released", args=[given.pk]) not in browser(eve).get("/").content.decode()


def test_it_gives_no_deed_and_no_page_of_the_two(given: Release, shared: Session, mira: User) -> None:
    there = browser(mira)
    for name in DEEDS:
        assert there.post(reverse(name, args=[shared.pk]), {"note": "x"}).status_code in (404, 405)
    for name in ("client", "thread", "goals", "concerns", "facts", "promises", "agreement", "own_sessions"):
        assert there.get(reverse(name, args=[shared.engagement_id])).status_code == 404
    assert there.get(shared.get_absolute_url()).status_code == 404
    assert there.post(reverse("released", args=[given.pk])).status_code == 405
    for noun in (Session, Note, Transcript, Mark, Engagement):
        assert not noun.objects.visible_to(mira).exists(), noun  # type: ignore[attr-defined]
    found = there.post(reverse("search"), {"sought": "Shared"}).content.decode()
    assert "Shared by" not in found


def test_another_session_of_the_two_stays_closed(given: Release, ana: User, mira: User) -> None:
    other = meeting(given.engagement, title="Another day")
    write_note(other, new_id(), "Shared elsewhere", by=ana).share(by=ana)
    words = read(mira, given) + browser(mira).get("/").content.decode()
    assert "Another day" not in words
    assert "Shared elsewhere" not in words


def test_nobody_else_reads_by_it(
    given: Release, practice: Practice, ana: User, ben: User, cleo: User, dov: User, eve: User
) -> None:
    nina = person("Nina")
    seat(nina, practice, Seat.Role.MENTOR)
    for other in (ana, ben, cleo, dov, eve, nina):
        there = browser(other)
        here, nothing = (there.get(reverse("released", args=[pk])) for pk in (given.pk, unknown()))
        assert (here.status_code, nothing.status_code) == (404, 404)
        assert here.content == nothing.content
        assert str(given.pk) not in there.get(reverse("all_released")).content.decode()


def test_a_note_taken_back_is_closed_to_the_mentor_too(given: Release, ben: User, mira: User) -> None:
    note = Note.objects.visible_to(ben).get(writer=ben, shared_at__isnull=False)
    note.unshare(by=ben)
    assert "Shared by Ben" not in read(mira, given)
    note.share(by=ben)
    assert "Shared by Ben" not in read(mira, given), "sharing it anew is not releasing it anew"


def test_pages_ask_as_little_for_many_as_for_few(
    given: Release, shared: Session, ana: User, ben: User, mira: User
) -> None:
    paths = [reverse("released", args=[given.pk]), "/", reverse("all_released")]
    few = [questions(browser(mira), path, part=False) for path in paths]
    for number in range(9):
        other = meeting(given.engagement, days=-3 - number)
        write_note(other, new_id(), "Shared", by=ana).share(by=ana)
        answer(ask_to_release(other, mira, ["notes"], WHY, by=ana), yes=True, parts=["notes"], by=ben)
        Note.objects.create(session=shared, writer=ana, text="More", shared_at=given.asked_at)
    assert [questions(browser(mira), path, part=False) for path in paths] == few
    assert all(status == 200 and count <= PAGE + DOOR for status, count in few), few

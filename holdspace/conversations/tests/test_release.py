"""Releasing a session to a mentor: the coach asks where it was agreed on, the client ticks and says yes or no."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.consent import withdraw
from holdspace.conversations.intake import take_in
from holdspace.conversations.models import (
    NoMentorAgreed,
    NoSuchMentor,
    Note,
    NothingThere,
    Release,
    Session,
    write_note,
)
from holdspace.conversations.release import answer, ask_to_release, link_to_answer
from holdspace.conversations.tests.releasing import BOTH, WHY
from holdspace.engagements.models import Engagement, NotACoach, NotAsked, Over
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.letters.models import Letter
from holdspace.people.begin import found, seat
from holdspace.people.models import Link, Practice, Seat, User
from holdspace.vault.models import Trace, new_id
from tests.cast import TALK, both_agree, browser, meeting, unknown
from tests.test_cost import DOOR, PAGE, questions


def page(person: User, release: Release) -> str:
    return browser(person).get(reverse("release", args=[release.pk])).content.decode()


def say(person: User, release: Release, **said: object) -> int:
    return browser(person).post(reverse("release", args=[release.pk]), said).status_code


def now(release: Release) -> Release:
    return Release.objects.access_system("in a test").get(pk=release.pk)


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.access_system("in a test").filter(kind=kind))


def test_the_coach_asks_and_the_client_ticks_and_says_yes(
    allowed: Engagement, shared: Session, ana: User, ben: User, mira: User
) -> None:
    there = browser(ana)
    assert "Ask Ben to release this session to a mentor" in there.get(shared.get_absolute_url()).content.decode()
    where = reverse("ask_release", args=[shared.pk])
    assert "checked" not in there.get(where).content.decode(), "nothing is ticked beforehand"
    for _ in range(2):
        sent = there.post(where, {"whom": str(mira.pk), "kinds": BOTH, "question": WHY})
    made = Release.objects.visible_to(ana).get()
    assert sent.url == reverse("release", args=[made.pk]), "asking twice is asking once"
    assert not Release.objects.visible_to(mira).exists(), "before the client's yes the mentor knows of nothing"

    assert "May Mira read something of your session" in browser(ben).get("/").content.decode()
    words = page(ben, made)
    assert "Ana asks you something" in words
    assert WHY in words
    assert "checked" not in words
    assert "You and Ana; with your yes also Ana&#x27;s mentor Mira" in words
    assert say(ben, made, answer="yes", kinds=["notes"]) == 302
    made = now(made)
    assert (made.parts, made.agreed_at is not None, made.closed_at) == (["notes"], True, None)
    assert Release.objects.visible_to(mira).get() == made
    again = there.post(where, {"whom": str(mira.pk), "kinds": ["transcript"]}, follow=True).content.decode()
    assert "Mira reads of it already" in again
    assert now(made).parts == ["notes"], "asking for more wants a question of its own"
    assert "May Mira" not in browser(ben).get("/").content.decode()


def test_the_client_is_told_that_there_is_a_question_and_no_letter_says_which(asked: Release, ben: User) -> None:
    answer(asked, yes=True, parts=BOTH, by=ben)
    [told] = letters("release")
    assert (told.to, told.subject) == (ben, "Ana asks you something")
    assert reverse("release", args=[asked.pk]) in told.words
    others = letters("released")
    assert {letter.to.name for letter in others} == {"Ana", "Mira"}
    for letter in [told, *others]:
        for private in (WHY, "Before the interview", "Shared by"):
            assert private not in letter.subject + letter.words
    assert not [letter for letter in others if "Ben" in letter.subject + letter.words]
    assert "Ana" not in next(letter for letter in others if letter.to.name == "Mira").words


def test_where_they_agreed_not_to_write_no_letter_goes_out(
    together: Engagement, shared: Session, ana: User, ben: User, mira: User
) -> None:
    agreed_on(together, mentor=True, channels=["page"])
    made = ask_to_release(shared, mira, BOTH, "", by=ana)
    assert letters("release") == []
    assert "A question from Ana" in browser(ben).get("/").content.decode(), "the page tells"
    answer(made, yes=False, parts=[], by=ben)
    assert letters("released") == []


def test_a_no_is_a_no_and_the_coach_may_ask_again(asked: Release, shared: Session, ana: User, mira: User) -> None:
    ben = asked.engagement.client
    assert say(ben, asked, answer="no") == 302
    assert now(asked).closed_by == ben
    assert "Ben closed this" in page(ana, asked)
    assert say(ben, asked, answer="yes", kinds=BOTH) == 302
    assert now(asked).agreed_at is None, "what is closed stays closed"
    assert ask_to_release(shared, mira, ["notes"], "", by=ana).pk != asked.pk


def test_a_yes_to_nothing_or_to_what_was_not_asked_is_none(
    allowed: Engagement, shared: Session, ana: User, ben: User, mira: User
) -> None:
    made = ask_to_release(shared, mira, ["notes"], "", by=ana)
    assert "word by word" not in page(ben, made)
    for kinds in ([], ["transcript"], ["goals"]):
        assert say(ben, made, answer="yes", kinds=kinds) == 422
    with pytest.raises(NothingThere):
        made.agree(["transcript"], by=ben)
    assert now(made).agreed_at is None


def test_only_the_client_says_yes(asked: Release, ana: User, cleo: User, mira: User) -> None:
    for other in (ana, cleo, mira):
        with pytest.raises(NotAsked):
            asked.agree(BOTH, by=other)
    say(ana, asked, answer="yes", kinds=BOTH)
    assert now(asked).agreed_at is None


def test_only_the_coach_asks(allowed: Engagement, shared: Session, ben: User, cleo: User, mira: User) -> None:
    for other in (ben, cleo, mira):
        with pytest.raises(NotACoach):
            Release.ask(shared, mira, BOTH, by=other)
        assert browser(other).get(reverse("ask_release", args=[shared.pk])).status_code == 404


def test_where_the_agreement_says_no_nothing_is_asked_and_the_pages_say_why(
    together: Engagement, shared: Session, ana: User, mira: User
) -> None:
    with pytest.raises(NoMentorAgreed):
        ask_to_release(shared, mira, BOTH, "", by=ana)
    agreed_on(together, mentor=False)
    with pytest.raises(NoMentorAgreed):
        ask_to_release(shared, mira, BOTH, "", by=ana)
    session_page = browser(ana).get(shared.get_absolute_url()).content.decode()
    assert "Ask Ben to release" not in session_page
    assert "Nothing is released to a mentor unless" in session_page
    where = reverse("ask_release", args=[shared.pk])
    assert "Your agreement says no so far" in browser(ana).get(where).content.decode()
    browser(ana).post(where, {"whom": str(mira.pk), "kinds": BOTH})
    assert not Release.objects.visible_to(ana).exists()


def test_where_nobody_mentors_the_page_says_so(
    together: Engagement, practice: Practice, shared: Session, ana: User, eve: User, dov: User
) -> None:
    agreed_on(together, mentor=True)
    assert "Nobody mentors here yet" in browser(ana).get(reverse("ask_release", args=[shared.pk])).content.decode()
    seat(ana, practice, Seat.Role.MENTOR)
    for other in (ana, eve, dov):
        with pytest.raises(NoSuchMentor):
            ask_to_release(shared, other, BOTH, "", by=ana)


def test_a_mentor_of_another_practice_is_none_here(allowed: Engagement, shared: Session, ana: User, cleo: User) -> None:
    seat(cleo, found("Alder House", "UTC"), Seat.Role.MENTOR)
    with pytest.raises(NoSuchMentor):
        ask_to_release(shared, cleo, BOTH, "", by=ana)


def test_where_there_is_nothing_to_read_nothing_is_asked(allowed: Engagement, ana: User, mira: User) -> None:
    bare = meeting(allowed)
    write_note(bare, new_id(), "Only for Ana", by=ana)
    with pytest.raises(NothingThere):
        ask_to_release(bare, mira, BOTH, "", by=ana)
    assert "Nothing to release yet" in browser(ana).get(reverse("ask_release", args=[bare.pk])).content.decode()


def test_after_the_end_nothing_new_is_asked_or_answered(asked: Release, shared: Session, ana: User, mira: User) -> None:
    ben = asked.engagement.client
    asked.engagement.end(ben.today, by=ben)
    with pytest.raises(NotAsked):
        asked.agree(BOTH, by=ben)
    assert "May Mira" not in browser(ben).get("/").content.decode()
    assert not Letter.objects.access_system("in a test").unsent().filter(kind="release").exists(), "nor told of"
    now(asked).close(by=ana)
    with pytest.raises(Over):
        ask_to_release(shared, mira, BOTH, "", by=ana)


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_either_of_the_two_takes_it_back_from_the_sessions_page(
    asked: Release, shared: Session, who: str, ana: User, ben: User, mira: User
) -> None:
    answer(asked, yes=True, parts=BOTH, by=ben)
    person = {"ana": ana, "ben": ben}[who]
    there, where = browser(person), reverse("close_release", args=[asked.pk])
    assert where in there.get(shared.get_absolute_url()).content.decode()
    begun = {"once": str(new_id()), "note": "Begun and not kept"}
    assert there.post(where, begun).url == shared.get_absolute_url()
    there.post(where)
    assert (now(asked).closed_by, Release.objects.visible_to(mira).exists()) == (person, False)
    assert Note.objects.visible_to(person).filter(pk=begun["once"]).exists(), "the note that was begun is kept along"
    verbs = Trace.objects.visible_to(ben).filter(noun_id=asked.pk).values_list("verb", flat=True)
    assert sorted(verbs) == sorted(
        ["asked to release a session to a mentor", "released a session to a mentor", "closed what a mentor could read"]
    )


def test_a_question_taken_back_before_an_answer_says_that_nothing_was_read(asked: Release, ana: User) -> None:
    told = browser(ana).post(reverse("close_release", args=[asked.pk]), follow=True).content.decode()
    assert "Taken back. Mira has read nothing of it, and was not told of it." in told


def test_nobody_else_sees_or_closes_it(asked: Release, cleo: User, dov: User, eve: User, mira: User, ben: User) -> None:
    answer(asked, yes=True, parts=BOTH, by=ben)
    for other in (cleo, dov, eve, mira):
        there = browser(other)
        for name in ("release", "close_release", "give_release_link"):
            here, nothing = (reverse(name, args=[pk]) for pk in (asked.pk, unknown()))
            for ask in (there.get, there.post):
                assert ask(here).status_code == ask(nothing).status_code in (404, 405)
    for other in (cleo, mira):
        with pytest.raises(NotAsked):
            asked.close(by=other)
    assert now(asked).closed_at is None


def test_one_stands_at_a_time_and_nothing_is_released_before_a_yes(asked: Release, shared: Session, mira: User) -> None:
    for wrong in ({"asked": "notes"}, {"asked": "notes", "released": "notes", "closed_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.create(session=shared, mentor=mira, **wrong)


def path_of(address: str) -> str:
    return urlsplit(address).path


def test_by_a_link_without_an_account(asked: Release, ana: User, ben: User, mira: User) -> None:
    given = browser(ana).post(reverse("give_release_link", args=[asked.pk]))
    phone, there = Client(), path_of(given.context["address"])
    words = phone.get(there).content.decode()
    assert WHY in words
    assert "with your yes also" in words
    assert "Shared by" not in words, "no note stands behind a link"
    assert now(asked).agreed_at is None, "a GET never acts"
    assert phone.post(there, {"answer": "yes"}).status_code == 422
    done = phone.post(there, {"answer": "yes", "kinds": ["transcript"]}).content.decode()
    assert "Mira can read it now" in done
    assert "You, Ana and Ana&#x27;s mentor Mira" in done
    assert now(asked).parts == ["transcript"]
    assert phone.get(there).status_code == phone.post(there, {"answer": "no"}).status_code == 404
    assert now(asked).closed_at is None
    back = "/k/yes/" + done.split("/k/yes/")[1].split('"')[0]
    assert "reads of the session of" in phone.get(back).content.decode()
    assert "Mira can read nothing of it" in phone.post(back, {"release": str(asked.pk)}).content.decode()
    assert now(asked).closed_by == ben
    assert not Release.objects.visible_to(mira).exists()


def test_a_no_by_link(asked: Release, ana: User, ben: User) -> None:
    done = Client().post(path_of(link_to_answer(asked, by=ana)), {"answer": "no"}).content.decode()
    assert "That is fine" in done
    assert (now(asked).closed_by, now(asked).agreed_at) == (ben, None)


def test_a_link_is_the_coachs_to_make_and_only_while_it_waits(asked: Release, ana: User, ben: User, mira: User) -> None:
    for other in (ben, mira):
        with pytest.raises(NotAsked):
            link_to_answer(asked, by=other)
    there = path_of(link_to_answer(asked, by=ana))
    answer(asked, yes=True, parts=BOTH, by=ben)
    assert Client().get(there).status_code == 404
    with pytest.raises(NotAsked):
        link_to_answer(asked, by=ana)


def test_links_of_others_open_nothing(asked: Release, ben: User, cleo: User) -> None:
    wrong = [
        Link.make(Link.Purpose.RELEASE, about=asked.pk, person=cleo),
        Link.make(Link.Purpose.HANDOVER, about=asked.pk, person=ben),
        Link.make(Link.Purpose.RELEASE, about=unknown(), person=ben),
    ]
    for token in wrong:
        where = reverse("release_by_link", args=[token])
        assert Client().get(where).status_code == Client().post(where, {"answer": "yes"}).status_code == 404


def test_once_the_agreement_changed_a_question_waits_no_longer(asked: Release, ana: User, ben: User) -> None:
    there = path_of(link_to_answer(asked, by=ana))
    agreed_on(asked.engagement, mentor=False)
    with pytest.raises(NotAsked):
        asked.agree(BOTH, by=ben)
    assert Client().get(there).status_code == 404
    assert "May Mira" not in browser(ben).get("/").content.decode()
    assert "Nothing is open" in page(ben, asked)


END: dict[str, Callable[[Release], object]] = {
    "the client took it back": lambda one: one.close(by=one.engagement.client),
    "the coach took it back": lambda one: one.close(by=one.engagement.coach),
    "the work ended": lambda one: one.engagement.end(one.engagement.client.today, by=one.engagement.client),
    "a later agreement says no": lambda one: agreed_on(one.engagement, mentor=False),
    "the mentor's seat ended": lambda one: _end(one, one.mentor),
    "the coach's seat ended": lambda one: _end(one, one.engagement.coach),
    "the mentor's account is closed": lambda one: User.objects.filter(pk=one.mentor_id).update(
        closed_at=timezone.now()
    ),
}


def _end(release: Release, person: User) -> None:
    seats = Seat.objects.access_system("in a test").filter(user=person, practice=release.engagement.practice)
    assert seats.update(left_at=timezone.now())


@pytest.mark.parametrize("end", END)
def test_from_that_moment_nothing_is_readable(asked: Release, end: str, ben: User, mira: User) -> None:
    answer(asked, yes=True, parts=BOTH, by=ben)
    where = reverse("released", args=[asked.pk])
    assert "Shared by Ana" in browser(mira).get(where).content.decode()
    END[end](asked)
    mira.refresh_from_db()
    assert browser(mira).get(where).status_code in (302, 404)
    assert "Shared by Ana" not in browser(mira).get(where, follow=True).content.decode()
    assert not Release.objects.visible_to(mira).exists()
    assert "Mira" not in browser(ben).get(reverse("said_yes")).content.decode()
    session_page = browser(ben).get(asked.session.get_absolute_url()).content.decode()
    assert "mentor Mira (" not in session_page


def test_work_that_goes_on_after_all_is_as_it_was(asked: Release, ana: User, ben: User, mira: User) -> None:
    answer(asked, yes=True, parts=BOTH, by=ben)
    asked.engagement.end(ben.today, by=ben)
    assert not Release.objects.visible_to(mira).exists()
    asked.engagement.reopen(by=ben)
    assert Release.objects.visible_to(mira).get() == asked
    assert "Mira" in browser(ben).get(reverse("said_yes")).content.decode(), "and it can be taken back"


@pytest.mark.parametrize("what", ["the coach's seat", "the mentor's seat", "the agreement"])
def test_what_ended_does_not_come_back_by_itself(asked: Release, what: str, ben: User, mira: User) -> None:
    answer(asked, yes=True, parts=BOTH, by=ben)
    engagement = asked.engagement
    if what == "the agreement":
        agreed_on(engagement, mentor=False)
        agreed_on(engagement, mentor=True)
    else:
        person, role = (engagement.coach, Seat.Role.COACH) if "coach" in what else (mira, Seat.Role.MENTOR)
        _end(asked, person)
        seat(person, engagement.practice, role)
    assert not Release.objects.visible_to(mira).exists()
    assert browser(mira).get(reverse("released", args=[asked.pk])).status_code == 404


def test_a_later_transcript_and_a_later_note_want_a_yes_of_their_own(
    asked: Release, shared: Session, ana: User, ben: User, mira: User
) -> None:
    answer(asked, yes=True, parts=BOTH, by=ben)
    Release.objects.visible_to(ben).update(agreed_at=timezone.now() - timedelta(seconds=1))
    write_note(shared, new_id(), "Shared later", by=ben).share(by=ben)
    where = reverse("released", args=[asked.pk])
    withdraw(shared, by=ben)
    words = browser(mira).get(where).content.decode()
    assert "part of you is afraid" not in words, "the transcript's own two consents hold here too"
    assert "no longer kept" in words
    both_agree(shared)
    take_in(shared, TALK.encode(), by=ana)
    words = browser(mira).get(where).content.decode()
    assert "part of you is afraid" not in words
    assert "Shared later" not in words


def test_pages_ask_little(asked: Release, shared: Session, ana: User, ben: User) -> None:
    for person in (ana, ben):
        for path in (reverse("release", args=[asked.pk]), shared.get_absolute_url()):
            status, count = questions(browser(person), path, part=False)
            assert (status, count <= PAGE + DOOR) == (200, True), (person.name, path, count)
    assert questions(browser(ana), reverse("ask_release", args=[shared.pk]), part=False)[1] <= PAGE + DOOR

"""Every page of a client without an account leads to what they said yes to, and the next tap takes it back."""

from django.core import mail
from django.test import Client
from django.urls import reverse

from holdspace.conversations.consent import agree, ask_client, keys_for
from holdspace.conversations.models import Session, Transcript
from holdspace.conversations.tests.test_consent import path_of
from holdspace.engagements.hand_over import answer_as_client, answer_as_coach, hand_over
from holdspace.engagements.models import Consent, Engagement, Sponsor, open_engagement
from holdspace.engagements.sign import ask_to_sign, copy_link
from holdspace.engagements.tests.agreeing import agreed_on, proposed
from holdspace.growth.models import Commitment, Moment
from holdspace.letters.models import Letter
from holdspace.letters.post import Post
from holdspace.people.models import Link, User
from holdspace.privacy.tests.test_window import opened
from tests.cast import browser, meeting


def way_back(page: str) -> str:
    """Where a page leads to take a yes back."""
    return "/k/yes/" + page.split('href="/k/yes/')[1].split('"')[0]


def test_each_page_behind_a_link_is_one_tap_away_from_taking_back(
    heard: Transcript, together: Engagement, ana: User, ben: User
) -> None:
    session, phone = heard.session, Client()
    first, now = meeting(together, days=-9), meeting(together, days=-1)
    given = phone.post(path_of(ask_client(first, post=False)))
    copy = path_of(copy_link(agreed_on(together, recording=True), ben))
    addresses = [path_of(ask_client(now, post=False)), path_of(given.context["address"]), copy]
    pages = [given, *(phone.get(address) for address in addresses)]
    pages.append(phone.get(path_of(ask_to_sign(proposed(together, ana), post=False))))
    for page in pages:
        back = phone.get(way_back(page.content.decode()))
        assert back.status_code == 200
        assert str(session.pk) in back.content.decode()
        assert keys_for(session, ana).both, "a GET never acts"
    done = phone.post(way_back(pages[3].content.decode()), {"session": str(session.pk)}).content.decode()
    assert "Taken back: nothing" in done
    assert keys_for(session, ana).client is None
    assert not Transcript.objects.access_system("in a test").filter(pk=heard.pk).exists()
    assert keys_for(first, ana).client is not None, "only what was meant"


def test_a_link_takes_back_nothing_of_another_work_or_another_person(
    agreed: Session, together: Engagement, ana: User, ben: User, cleo: User
) -> None:
    token = Link.make(Link.Purpose.CONSENT, about=meeting(together).pk, person=cleo)
    phone = Client()
    assert phone.get(reverse("said_yes_by_link", args=[token])).status_code == 404
    coachs = Link.make(Link.Purpose.COPY, about=agreed_on(together).pk, person=ana)
    assert phone.get(reverse("said_yes_by_link", args=[coachs])).status_code == 404
    begin = Link.make(Link.Purpose.BEGIN)
    assert phone.post(reverse("said_yes_by_link", args=[begin]), {"session": str(agreed.pk)}).status_code == 404
    live = Link.make(Link.Purpose.CONSENT, about=agreed.pk, person=ben)
    for said in ("", "x", str(together.pk), "\0"):
        assert phone.post(reverse("said_yes_by_link", args=[live]), {"session": said}).status_code == 200
    assert keys_for(agreed, ana).both


def test_what_was_said_for_all_the_work_is_taken_back_there_too(
    agreed: Session, together: Engagement, ana: User, ben: User, eve: User
) -> None:
    for_all = Consent.give(together, None, by=ben)
    handover = hand_over(together, eve, by=ana)
    answer_as_client(handover, yes=True, kinds=["goals"], by=ben)
    answer_as_coach(handover, yes=True, by=eve)
    address = reverse("said_yes_by_link", args=[Link.make(Link.Purpose.WITHDRAW, about=agreed.pk, person=ben)])
    phone = Client()
    page = phone.get(address).content.decode()
    for words in ("For all your work with Ana", "Eve reads of your work with Ana", "goals and promises"):
        assert words in page
    assert Consent.objects.visible_to(ben).live().filter(pk=for_all.pk).exists(), "a GET never acts"
    assert "without asking you anew" in phone.post(address, {"consent": str(for_all.pk)}).content.decode()
    assert not Consent.objects.visible_to(ben).live().filter(pk=for_all.pk).exists()
    assert "Eve can read nothing of it" in phone.post(address, {"handover": str(handover.pk)}).content.decode()
    handover.refresh_from_db()
    assert handover.closed_at
    assert keys_for(agreed, ana).both, "only what was meant"
    assert "Taken back" not in phone.post(address, {"handover": str(handover.pk)}).content.decode()


def test_a_link_of_one_work_takes_back_nothing_of_another(agreed: Session, ana: User, ben: User, eve: User) -> None:
    other = open_engagement(eve, ben, called="Ben", accepted_at=agreed.made_at)
    for_all = Consent.give(other, None, by=ben)
    coachs = Consent.give(agreed.engagement, None, by=ana)
    token = Link.make(Link.Purpose.WITHDRAW, about=agreed.pk, person=ben)
    for one in (for_all, coachs):
        Client().post(reverse("said_yes_by_link", args=[token]), {"consent": str(one.pk)})
        one.refresh_from_db()
        assert one.withdrawn_at is None


def test_a_used_link_leads_nowhere(session: Session) -> None:
    asked = path_of(ask_client(session, post=False))
    phone = Client()
    phone.post(asked)
    assert phone.get(asked.replace("/consent/", "/yes/")).status_code == 404


def test_a_fresh_link_shows_a_yes_that_stands_and_the_way_to_take_it_back(session: Session, ana: User) -> None:
    phone = Client()
    phone.post(path_of(ask_client(session, post=False)))
    agree(session, by=ana)
    assert "make another" in browser(ana).get(session.get_absolute_url()).content.decode()
    page = phone.get(path_of(ask_client(session, post=False))).content.decode()
    assert "you said yes" in page
    assert "Yes, I agree" not in page
    phone.post(way_back(page), {"session": str(session.pk)})
    assert keys_for(session, ana).client is None


def test_who_said_yes_by_a_link_gets_the_way_back_by_letter(session: Session, ana: User, ben: User) -> None:
    Client().post(path_of(ask_client(session, post=False)))
    Post().run(Post().claim())
    [posted] = mail.outbox
    assert posted.to == [ben.email]
    assert "Before the interview" not in posted.body + posted.subject
    back = path_of(next(line for line in posted.body.splitlines() if "/k/withdraw/" in line))
    agree(session, by=ana)
    assert "Taken back" in Client().post(back).content.decode()
    assert keys_for(session, ana).client is None


def test_where_they_agreed_on_other_ways_no_letter_goes_out(session: Session, together: Engagement) -> None:
    agreed_on(together, channels=["page"], recording=True)
    answered = Client().post(path_of(ask_client(session, post=False)))
    assert "/k/withdraw/" in answered.context["address"]
    assert not Letter.objects.access_system("in a test").filter(kind="consent").exists()


def test_what_whoever_pays_sees_is_closed_within_two_taps(paid: Sponsor, ana: User, ben: User) -> None:
    window, seen = opened(paid, ben)
    there = browser(ben)
    page = there.get(reverse("said_yes")).content.decode()
    assert "on which days you met Ana, and your goal “A role with people”" in page
    assert "Nora North" not in browser(ana).get(reverse("said_yes")).content.decode(), "it is the client's yes"
    there.post(reverse("close_window", args=[window.pk]))
    assert Client().get(seen).status_code == 404
    assert "Nora North" not in there.get(reverse("said_yes")).content.decode()


def test_and_by_a_link_of_the_clients(paid: Sponsor, together: Engagement, ben: User) -> None:
    window, seen = opened(paid, ben)
    phone = Client()
    address = reverse("said_yes_by_link", args=[Link.make(Link.Purpose.YES, about=together.pk, person=ben)])
    page = phone.get(address).content.decode()
    assert "Whoever pays sees on which days you met Ana, and the title of 1 goal" in page
    assert "Nora North" not in page, "a link names nobody who isn't asked about"
    assert "A role with people" not in page
    assert Client().get(seen).status_code == 200, "a GET never acts"
    assert "whoever pays can see nothing any more" in phone.post(address, {"window": str(window.pk)}).content.decode()
    assert Client().get(seen).status_code == 404


def test_pages_about_promises_and_moments_lead_back_too(
    agreed: Session, together: Engagement, ana: User, ben: User
) -> None:
    words = {"owner": "client", "action": "Call her", "proposed_by": "joint"}
    promise = Commitment.make(together, words, by=ben)
    when = {"day": agreed.day, "timezone": "UTC", "kind": "other"}
    moment = Moment.objects.create(engagement=together, label="It", written_by=ben, **when)
    phone, posted = Client(), {"promise": {"became": "done"}, "moment": {"went": "Well"}}
    for purpose, about in (("promise", promise), ("moment", moment)):
        there = reverse(f"{purpose}_by_link", args=[Link.make(purpose, about=about.pk, person=ben)])
        for ask, said in ((phone.get, {}), (phone.post, posted[purpose])):
            back = phone.get(way_back(ask(there, said).content.decode()))
            assert str(agreed.pk) in back.content.decode(), purpose
    assert keys_for(agreed, ana).both, "a GET never acts"


def test_a_coach_is_led_nowhere(agreed: Session, together: Engagement, ana: User) -> None:
    promise = Commitment.make(together, {"owner": "coach", "action": "Ask", "proposed_by": "coach"}, by=ana)
    token = Link.make(Link.Purpose.PROMISE, about=promise.pk, person=ana)
    page = Client().get(reverse("promise_by_link", args=[token]))
    assert page.status_code == 200
    assert "/k/yes/" not in page.content.decode()
    assert Client().get(reverse("said_yes_by_link", args=[token])).status_code == 404

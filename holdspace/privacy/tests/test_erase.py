"""Erasing: nothing of the person is left anywhere, others keep theirs, and nobody erases what isn't theirs."""

from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdspace.conversations.consent import ask_client
from holdspace.conversations.models import Mark, Session, Transcript
from holdspace.engagements.models import Engagement, PactTemplate, open_engagement
from holdspace.letters.models import Letter
from holdspace.people.begin import seat
from holdspace.people.models import Link, Seat, User
from holdspace.privacy import ledger
from holdspace.privacy.erase import GONE_NAME, NotTheirs, StillWorking, erase_engagement, erase_person, traces_left
from holdspace.privacy.forgetting import preview
from holdspace.privacy.models import Erased, Request
from holdspace.vault import trail
from holdspace.vault.models import Key, KeyDestroyed
from tests.cast import PASSWORD, both_agree, browser, meeting, person

from .test_copy import fresh
from .traces import everything, found, plant


@pytest.fixture(autouse=True)
def own_ledger(settings: object, tmp_path: Path) -> Path:
    settings.LEDGER = tmp_path / "kept" / "erased.ledger"
    return settings.LEDGER


@pytest.fixture
def busy(heard: Transcript, together: Engagement, ana: User, ben: User) -> Engagement:
    """Ben with a letter waiting, links, an accepted mark, a second engagement and two browsers."""
    Mark.objects.visible_to(ana).first().accept(by=ana)
    ask_client(meeting(together, 3, "What else"), post=True)
    eve = person("Eva")
    seat(eve, together.practice, Seat.Role.COACH)
    open_engagement(eve, ben, called="Benjamin", purpose="A second road.", accepted_at=timezone.now())
    return together


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_person_is_left_anywhere(busy: Engagement, ben: User, own_ledger: Path) -> None:
    needles = plant(ben)
    ben.refresh_from_db()
    there, other = fresh(ben), browser(ben)
    needles |= {"session": there.session.session_key.encode(), "session 2": other.session.session_key.encode()}
    assert found(needles) == set(needles), "or there is nothing to lose"
    assert len(needles) > 25
    answer = there.post(reverse("erase_me_now"))
    assert answer.status_code == 302
    assert "receipt" in answer["Location"]
    assert found(needles) == set()
    assert str(ben.pk) in own_ledger.read_text()
    assert trail.verify(busy.practice_id) == []
    assert not User.objects.filter(pk=ben.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_others_lose_nothing(busy: Engagement, ana: User, ben: User) -> None:
    ida = person("Ida")
    kept = open_engagement(ana, ida, called="Ida", purpose="Another road.", accepted_at=timezone.now())
    session = meeting(kept, -1, "Ida's own")
    both_agree(session)
    needles = plant(ida)
    erase_person(ben, by=ben)
    assert found(needles) == set(needles)
    assert Engagement.objects.visible_to(ana).get().pk == kept.pk
    assert Session.objects.visible_to(ida).get().pk == session.pk


@pytest.mark.django_db(transaction=True)
def test_one_engagement_goes_and_the_other_stays(busy: Engagement, ana: User, ben: User, own_ledger: Path) -> None:
    answer = fresh(ben).post(reverse("erase_engagement_now", args=[busy.pk]))
    assert "receipt" in answer["Location"]
    assert [one.purpose for one in Engagement.objects.visible_to(ben)] == ["A second road."]
    assert not Transcript.objects.access_system("in a test").exists()
    assert [entry.noun_id for entry in ledger.read(own_ledger)] == [busy.pk]
    key = Key.objects.get(pk=busy.key_id)
    with pytest.raises(KeyDestroyed):
        key.opened()
    assert "Ben" not in browser(ana).get(reverse("clients")).content.decode()
    assert browser(ana).get(reverse("client", args=[busy.pk])).status_code == 404


def test_the_preview_says_what_goes_and_what_stays_and_changes_nothing(
    busy: Engagement, ben: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    there = browser(ben)
    for address in (reverse("erase_me"), reverse("erase_engagement", args=[busy.pk])):
        with django_assert_max_num_queries(8):
            page = there.get(address).content.decode()
        for words in ("What goes", "Transcripts", "What stays, and why", "The key itself is destroyed", "for good"):
            assert words in page
    assert Transcript.objects.visible_to(ben).exists()
    assert not Erased.objects.exists()


def test_the_preview_counts_what_then_goes(busy: Engagement, ben: User) -> None:
    promised = {line.holding.label: line.count for line in preview(ben)}
    assert promised["conversations.Mark"] == Mark.objects.access_system("in a test").count()
    assert erase_person(ben, by=ben) == promised


@pytest.mark.django_db(transaction=True)
def test_the_receipt_names_nobody_and_opens_without_an_account(busy: Engagement, ben: User) -> None:
    address = fresh(ben).post(reverse("erase_me_now"))["Location"]
    page = Client().get(address).content.decode()
    assert "It is gone" in page
    assert "Transcripts" in page
    assert "Ben" not in page
    assert "Ana" not in page
    (letter,) = [one for one in mail.outbox if one.to == ["ben@example.org"]]
    assert address in letter.body
    assert "Ben" not in letter.subject + letter.body
    assert Client().get(reverse("receipt", args=["x" * 43])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_receipt_that_cannot_be_posted_undoes_nothing(
    busy: Engagement, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    there = fresh(ben)
    assert "receipt" in there.post(reverse("erase_me_now"))["Location"]
    assert not User.objects.filter(pk=ben.pk).exists()


def test_every_browser_is_signed_out(busy: Engagement, ben: User) -> None:
    there, other = fresh(ben), browser(ben)
    there.post(reverse("erase_me_now"))
    for one in (there, other):
        assert one.get(reverse("today")).status_code == 302


def test_the_coach_is_told_without_a_name_or_a_reason(busy: Engagement, ana: User, ben: User) -> None:
    erased = fresh(ben).post(reverse("erase_engagement_now", args=[busy.pk]))
    assert erased.status_code == 302
    letter = Letter.objects.visible_to(ana).get(kind="erased")
    assert "Ben" not in letter.subject + letter.words


def test_links_that_were_sent_are_dead(busy: Engagement, ben: User) -> None:
    session = meeting(busy, 4)
    address = "/" + ask_client(session, post=False).split("/", 3)[3]
    assert Client().get(address).status_code == 200
    erase_engagement(busy, by=ben)
    assert Client().get(address).status_code == 404
    assert not Link.objects.filter(about=session.pk).exists()


def test_a_working_coach_ends_the_work_first(busy: Engagement, ana: User, ben: User) -> None:
    with pytest.raises(StillWorking):
        erase_person(ana, by=ana)
    there = fresh(ana)
    assert "End that work first" in there.get(reverse("erase_me")).content.decode()
    answer = there.post(reverse("erase_me_now"), follow=True)
    assert "Nothing was erased" in answer.content.decode()
    assert Engagement.objects.visible_to(ben).filter(coach=ana).exists()


def test_a_coach_who_leaves_takes_their_own_and_leaves_the_clients(busy: Engagement, ana: User, ben: User) -> None:
    Engagement.objects.access_system("in a test").update(ended_on=timezone.localdate())
    assert Mark.objects.visible_to(ana).filter(accepted_at=None).exists()
    erase_person(ana, by=ana)
    gone = User.objects.get(pk=ana.pk)
    assert (gone.name, gone.email, gone.is_active) == (GONE_NAME, None, False)
    assert Engagement.objects.visible_to(ben).filter(coach=gone).get().purpose == "To find work that fits."
    left = Mark.objects.access_system("in a test")
    assert left.exists()
    assert not left.filter(accepted_at=None).exists()
    assert GONE_NAME in browser(ben).get(reverse("today")).content.decode()


def test_nobody_erases_what_is_not_theirs(busy: Engagement, ana: User, dov: User, cleo: User) -> None:
    for other in (ana, dov, cleo):
        with pytest.raises(NotTheirs):
            erase_engagement(busy, by=other)
        there = fresh(other)
        assert there.get(reverse("erase_engagement", args=[busy.pk])).status_code == 404
        assert there.post(reverse("erase_engagement_now", args=[busy.pk])).status_code == 404
    assert Engagement.objects.access_system("in a test").filter(pk=busy.pk).exists()


def test_the_coach_does_it_for_a_client_without_an_address_once_it_ended(
    together: Engagement, ana: User, ben: User
) -> None:
    User.objects.filter(pk=ben.pk).update(email=None)
    there = fresh(ana)
    assert there.get(reverse("erase_engagement", args=[together.pk])).status_code == 404
    Engagement.objects.access_system("in a test").update(ended_on=timezone.localdate())
    assert there.post(reverse("erase_engagement_now", args=[together.pk])).status_code == 302
    assert not Engagement.objects.visible_to(ana).exists()


def test_it_wants_to_know_afresh_who_is_there(busy: Engagement, ben: User) -> None:
    there = browser(ben)
    for address in (reverse("erase_me_now"), reverse("erase_engagement_now", args=[busy.pk])):
        assert there.get(address).status_code in (302, 405)
        assert there.post(address)["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=ben.pk).exists()
    after = there.post(f"{reverse('account_reauthenticate')}?next={reverse('erase_me_now')}", {"password": PASSWORD})
    assert after.status_code in (200, 302)


def test_twice_is_once(busy: Engagement, ben: User) -> None:
    assert erase_engagement(busy, by=ben)
    assert not erase_engagement(busy, by=ben)
    assert erase_person(ben, by=ben)
    assert not erase_person(ben, by=ben)
    assert Erased.objects.filter(noun_id=ben.pk).count() == 1


def test_the_wish_is_noted_as_answered(busy: Engagement, ben: User, dov: User) -> None:
    fresh(ben).post(reverse("erase_me_now"))
    request = Request.objects.visible_to(dov).get()
    assert (request.kind, request.person_id) == ("erase", ben.pk)
    assert request.counts["conversations.Transcript"] == 1
    assert traces_left(ben.pk), "bare ids stay in the trail"


@pytest.mark.django_db(transaction=True)
def test_a_failure_half_way_erases_nothing(busy: Engagement, ben: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object, **named: object) -> None:
        raise RuntimeError("the light went out")

    monkeypatch.setattr("holdspace.privacy.erase.sign_out_everywhere", fail)
    before = len(everything())
    with pytest.raises(RuntimeError):
        erase_person(ben, by=ben)
    assert Transcript.objects.visible_to(ben).get().words["turns"]
    assert Key.objects.get(pk=busy.key_id).opened()
    assert not Erased.objects.exists()
    assert before


def test_a_ledger_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "erased.ledger"
    path.write_text("2026-11-23 engagement not-an-id\n")
    with pytest.raises(ledger.BadLedger, match="Line 1"):
        list(ledger.read(path))


def test_the_only_owner_of_a_practice_others_work_in_stays(practice: object, ana: User, dov: User) -> None:
    with pytest.raises(StillWorking):
        erase_person(dov, by=dov)
    seat(ana, practice, Seat.Role.OWNER)
    assert erase_person(dov, by=dov)["people.Seat"] == 1
    assert not User.objects.filter(pk=dov.pk).exists()


def test_whoever_wrote_a_template_goes_without_it(practice: object, ana: User) -> None:
    PactTemplate(practice=practice).write("Our usual", {"goals": "To listen."}, by=ana)
    erase_person(ana, by=ana)
    assert User.objects.get(pk=ana.pk).name == GONE_NAME
    assert PactTemplate.objects.access_system("in a test").get().words

"""Signing by a one-tap link: a GET shows the whole text, a POST signs, once; and both get their copy."""

from django.core import mail
from django.urls import reverse
from django.utils.html import escape

from holdspace.engagements.models import Engagement, Signature
from holdspace.engagements.sign import ask_to_sign, copy_link, sign
from holdspace.engagements.tests.agreeing import agreed_on, proposed
from holdspace.letters.models import Letter
from holdspace.people.models import User
from tests.cast import browser


def path_of(address: str) -> str:
    return address.removeprefix("http://127.0.0.1:8000")


def test_ben_reads_and_signs_without_an_account(ana: User, ben: User, together: Engagement) -> None:
    pact = proposed(together, ana)
    sign(pact, "Ana Reyes", by=ana)
    link, phone = path_of(ask_to_sign(pact, post=False)), browser()
    page = phone.get(link).content.decode()
    for section in pact.sections:
        assert escape(section["title"]) in page
    assert Signature.objects.access_system("in a test").count() == 1
    done = phone.post(link, {"name": "Ben Hale"}).content.decode()
    assert "Both of you have signed" in done
    signature = Signature.objects.visible_to(ben).get(person=ben)
    assert (signature.name, signature.by_link) == ("Ben Hale", True)
    for again in (phone.get(link), phone.post(link, {"name": "Ben Hale"})):
        assert again.status_code == 404
    copy = path_of(done.split('value="')[1].split('"')[0])
    assert "Ben Hale" in phone.get(copy).content.decode()


def test_without_a_name_nothing_is_signed_and_the_link_still_opens(ana: User, together: Engagement) -> None:
    link, phone = path_of(ask_to_sign(proposed(together, ana), post=False)), browser()
    assert phone.post(link, {"name": " "}).status_code == 422
    assert phone.get(link).status_code == 200
    assert not Signature.objects.access_system("in a test").exists()


def test_a_withdrawn_proposal_is_signed_by_no_link(ana: User, together: Engagement) -> None:
    pact = proposed(together, ana)
    link = path_of(ask_to_sign(pact, post=False))
    pact.withdraw(by=ana)
    assert browser().post(link, {"name": "Ben"}).status_code == 404
    assert not Signature.objects.access_system("in a test").exists()


def test_both_get_a_letter_with_their_copy_that_says_nothing_of_it(ana: User, ben: User, together: Engagement) -> None:
    pact = proposed(together, ana)
    for person in (ana, ben):
        sign(pact, person.name, by=person)
        sign(pact, person.name, by=person)
    letters = Letter.objects.access_system("in a test").filter(kind="pact")
    assert {letter.to_id for letter in letters} == {ana.pk, ben.pk}
    assert letters.count() == 2
    for letter in letters:
        assert "divorce" not in letter.words + letter.subject
        assert "find work" not in letter.words
    assert not mail.outbox


def test_a_copy_opens_as_often_as_wanted_for_its_own_pact_alone(ben: User, cleo: User, together: Engagement) -> None:
    pact = agreed_on(together)
    link = path_of(copy_link(pact, ben))
    for _ in range(2):
        assert pact.fingerprint in browser().get(link).content.decode()
    assert browser().get(link.replace("/copy/", "/pact/")).status_code == 404
    assert browser().get(path_of(copy_link(pact, cleo))).status_code == 404


def test_the_coach_sends_or_hands_over_the_link(ana: User, ben: User, cleo: User, together: Engagement) -> None:
    pact = proposed(together, ana)
    ask = reverse("ask_to_sign", args=[pact.pk])
    assert "/k/pact/" in browser(ana).post(ask, {"link": ""}).content.decode()
    assert "on its way" in browser(ana).post(ask, {"letter": ""}, follow=True).content.decode()
    assert Letter.objects.visible_to(ben).filter(kind="pact").count() == 1
    for other in (ben, cleo):
        assert browser(other).post(ask).status_code == 404


def test_the_copy_sent_by_letter_opens_beside_the_one_shown_after_signing(
    ana: User, ben: User, together: Engagement
) -> None:
    pact = proposed(together, ana)
    sign(pact, "Ana Reyes", by=ana)
    browser().post(path_of(ask_to_sign(pact, post=False)), {"name": "Ben Hale"})
    letter = Letter.objects.visible_to(ben).get(idem=f"copy-{pact.pk}")
    sent = next(line for line in letter.words.splitlines() if "/k/copy/" in line)
    assert browser().get(path_of(sent)).status_code == 200

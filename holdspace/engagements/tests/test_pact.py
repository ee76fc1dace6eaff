"""The pact: proposed by either, signed by both, changed only by both, readable for good."""

import hashlib

import pytest
from django.urls import reverse

from holdspace.engagements.models import Engagement, NotBetweenThem, NotOpen, NotTheText, Over, Pact, Signature
from holdspace.engagements.tests.agreeing import agreed_on, posted, proposed
from holdspace.people.models import User
from holdspace.vault.models import Trace
from tests.cast import browser


def page_of(person: User, pact: Pact) -> str:
    return browser(person).get(reverse("pact", args=[pact.pk])).content.decode()


def test_proposed_signed_by_both_and_in_force(ana: User, ben: User, together: Engagement) -> None:
    page = browser(ana).post(reverse("propose_pact", args=[together.pk]), posted(), follow=True).content.decode()
    assert "To find work that fits." in page
    pact = Pact.objects.visible_to(ana).get()
    signed = browser(ana).post(reverse("sign_pact", args=[pact.pk]), {"name": "Ana Reyes"}, follow=True)
    assert "once Ben has signed" in signed.content.decode()
    assert Pact.objects.visible_to(ana).get().in_force_at is None
    both = browser(ben).post(reverse("sign_pact", args=[pact.pk]), {"name": "Ben Hale"}, follow=True).content.decode()
    assert "Both of you have signed" in both
    for said in ("Ana Reyes", "Ben Hale", pact.fingerprint):
        assert said in browser(ben).get(reverse("agreement", args=[together.pk])).content.decode()


def test_the_fingerprint_is_that_of_the_exact_text_and_the_text_holds_every_setting(together: Engagement) -> None:
    pact = agreed_on(together)
    kept = Pact.objects.access_system("in a test").get()
    assert kept.fingerprint == hashlib.sha256(kept.text.encode()).hexdigest()
    for said in (
        "Ben, he",
        "by e-mail and on these pages",
        "between 20:00 and 08:00",
        "2 days",
        "the divorce",
        "14 days",
        "6 months",
        "Nobody is asked to record",
        "imminent",
        "To find work that fits.",
    ):
        assert said in kept.text
    assert set(Signature.objects.access_system("in a test").values_list("fingerprint", flat=True)) == {pact.fingerprint}


def test_signing_twice_is_signing_once(ana: User, together: Engagement) -> None:
    pact = proposed(together, ana)
    assert pact.sign("Ana", by=ana) == pact.sign("Anna", by=ana)
    assert Trace.objects.visible_to(ana).filter(verb="signed a pact").count() == 1


def test_a_change_shows_what_changes_and_counts_when_both_signed(ana: User, ben: User, together: Engagement) -> None:
    first = agreed_on(together, {"fees": "Sixty pounds a session."})
    second = proposed(together, ben, {"fees": "Fifty pounds a session."})
    page = page_of(ana, second)
    assert "Sixty" in page.split("<del>")[2]
    assert "Fifty" in page.split("<ins>")[2]
    second.sign("Ben Hale", by=ben)
    assert Pact.objects.visible_to(ana).in_force().get() == first
    second.sign("Ana Reyes", by=ana)
    assert Pact.objects.visible_to(ana).in_force().get() == second
    assert "Sixty pounds" in page_of(ben, first)


def test_a_new_proposal_takes_the_place_of_the_one_that_waits(ana: User, ben: User, together: Engagement) -> None:
    first = proposed(together, ana)
    second = proposed(together, ben)
    with pytest.raises(NotOpen):
        first.sign("Ben", by=ben)
    answer = browser(ben).post(reverse("sign_pact", args=[first.pk]), {"name": "Ben"}, follow=True)
    assert "nothing was signed" in answer.content.decode()
    assert list(Pact.objects.visible_to(ana).open()) == [second]


def test_a_proposal_is_withdrawn_by_either_and_what_counts_stays(ana: User, ben: User, together: Engagement) -> None:
    first = agreed_on(together)
    second = proposed(together, ana)
    browser(ben).post(reverse("withdraw_pact", args=[second.pk]))
    browser(ben).post(reverse("withdraw_pact", args=[first.pk]))
    assert Pact.objects.visible_to(ana).in_force().get() == first
    assert not Pact.objects.visible_to(ana).open().exists()
    assert Trace.objects.visible_to(ben).filter(verb="withdrew a proposed pact").count() == 1


def test_a_text_that_was_tampered_with_is_not_signed(ana: User, together: Engagement) -> None:
    pact = proposed(together, ana)
    pact.text = pact.text + "And a dog."
    pact.save(update_fields=["text"])
    with pytest.raises(NotTheText):
        pact.sign("Ana", by=ana)


def test_after_the_ending_nothing_new_is_agreed_on_and_all_is_readable(
    ana: User, ben: User, together: Engagement
) -> None:
    pact = agreed_on(together)
    waiting = proposed(together, ana)
    together.end(together.started_on, by=ben)
    with pytest.raises(Over):
        waiting.sign("Ana", by=ana)
    page = browser(ana).post(reverse("propose_pact", args=[together.pk]), posted()).content.decode()
    assert "This work has ended" in page
    for person in (ana, ben):
        assert pact.fingerprint in page_of(person, pact)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quiet_to": ""}, "both a beginning and an end"),
        ({"quiet_to": "20:00"}, "quiet all day"),
        ({"channels": []}, "at least one way"),
        ({"analysis": "on"}, "nothing to look through"),
        ({"words_goals": " "}, "Every section is empty"),
        ({"words_fees": "The fee: (write it here)"}, "It still says"),
    ],
)
def test_what_makes_no_agreement_is_said_and_the_words_stay(
    wrong: dict[str, object], sentence: str, ana: User, together: Engagement
) -> None:
    said = posted(addressed="Benjamin") | wrong
    page = browser(ana).post(reverse("propose_pact", args=[together.pk]), said).content.decode()
    assert sentence in page
    assert "Benjamin" in page
    assert not Pact.objects.access_system("in a test").exists()


def test_an_amendment_starts_from_what_there_is(ben: User, together: Engagement) -> None:
    agreed_on(together, {"fees": "Sixty pounds a session."})
    page = browser(ben).get(reverse("propose_pact", args=[together.pk])).content.decode()
    assert "Sixty pounds a session." in page
    assert "the divorce" in page


def test_what_whoever_pays_would_see_stands_beside_the_question(ana: User, ben: User, together: Engagement) -> None:
    for person, who in ((ana, "before Ben has read"), (ben, "before you have read")):
        page = browser(person).get(reverse("propose_pact", args=[together.pk])).content.decode()
        assert "What whoever pays would see" in page
        assert who in page


def test_nobody_else_reads_or_signs(cleo: User, eve: User, dov: User, ana: User, together: Engagement) -> None:
    pact = proposed(together, ana)
    for other in (cleo, eve, dov):
        there = browser(other)
        assert there.get(reverse("pact", args=[pact.pk])).status_code == 404
        assert there.get(reverse("agreement", args=[together.pk])).status_code == 404
        assert there.post(reverse("propose_pact", args=[together.pk]), posted()).status_code == 404
        assert there.post(reverse("sign_pact", args=[pact.pk]), {"name": "X"}).status_code == 404
        assert there.post(reverse("withdraw_pact", args=[pact.pk])).status_code == 404
        with pytest.raises(NotBetweenThem):
            pact.sign("X", by=other)
    assert not Signature.objects.visible_to(cleo).exists()


def test_the_words_lie_sealed(ana: User, together: Engagement) -> None:
    pact = agreed_on(together)
    for name in ("sections_sealed", "text_sealed", "addressed_sealed", "off_limits_sealed"):
        assert b"divorce" not in bytes(getattr(Pact.objects.access_system("in a test").get(pk=pact.pk), name).token)

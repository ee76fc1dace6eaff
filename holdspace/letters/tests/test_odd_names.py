"""Addresses with plus, quotes and other scripts, names of any script: a whole letter, or a sentence."""

import email
from email.policy import default

import pytest
from django.core import mail
from django.urls import reverse

from holdspace.engagements.models import Engagement
from holdspace.letters.post import Post
from holdspace.people.models import User
from holdspace.threads.send import send
from holdspace.vault.models import new_id
from tests.cast import browser

SAID = {"name": "Ben Hale", "timezone": "Europe/London", "purpose": "Find my feet.", "rhythm": ""}


def post() -> list[email.message.EmailMessage]:
    """What leaves, as another program reads it."""
    job = Post()
    while letter := job.claim():
        job.run(letter)
    wire = [one.message().as_bytes() for one in mail.outbox]
    return [email.message_from_bytes(one, policy=default) for one in wire]  # type: ignore[misc]


@pytest.mark.parametrize(
    "address",
    [
        "ben+coach@example.org",
        "ben.o'hale@example.org",
        '"ben.hale"@example.org',
        "b@xn--bcher-kva.example",
        "b@bücher.example",
    ],
)
def test_an_address_that_is_allowed_gets_its_letter(address: str, ana: User, ben: User, together: Engagement) -> None:
    answer = browser(ana).post(reverse("add_client"), SAID | {"email": address})
    assert answer.status_code == 302
    added = Engagement.objects.visible_to(ana).get(purpose__isnull=False, client__email__iexact=address).client
    ben.email = "elsewhere@example.org"
    ben.save()
    added_to = added.email
    User.objects.filter(pk=added.pk).update(email=None)
    User.objects.filter(pk=ben.pk).update(email=added_to)
    send(together, "Tuesday?", by=ana, once=new_id())
    (letter,) = post()
    assert [one.addr_spec for one in letter["To"].addresses] in (
        [address.replace('"', "")],
        ["b@xn--bcher-kva.example"],
    )
    assert letter["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    [
        "ben@",
        "@example.org",
        "ben hale@example.org",
        "bén@example.org",
        "a@b@example.org",
        "ben@example.org\nBcc: x@y.example",
        "ben@example.org, cleo@example.org",
        "x" * 300 + "@example.org",
    ],
)
def test_one_that_is_not_gets_a_sentence_and_keeps_what_was_typed(address: str, ana: User) -> None:
    answer = browser(ana).post(reverse("add_client"), SAID | {"email": address})
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert "Find my feet." in page
    assert 'aria-invalid="true"' in page
    assert not Engagement.objects.visible_to(ana).exists()
    assert not mail.outbox


@pytest.mark.parametrize(
    "name", ["👩🏽‍🚀 Ana", "أنا", "\u202eana\u202c", 'Ana, "the" <Alder>', "Ána; Łucja", "A" * 120]
)
def test_a_coach_of_any_name_writes_whole_letters(name: str, ana: User, ben: User, together: Engagement) -> None:
    ana.name = name
    ana.save()
    together.refresh_from_db()
    send(together, "Tuesday?", by=ana, once=new_id())
    (letter,) = post()
    (sender,) = letter["From"].addresses
    assert sender.addr_spec == "house@localhost" or "@" in sender.addr_spec
    assert ana.first.split()[0].strip('\u202e\u202c"<>,;') in sender.display_name.replace("\u202e", "")
    assert [one.addr_spec for one in letter["To"].addresses] == ["ben@example.org"]
    assert not letter.defects
    page = browser(ben).get(reverse("thread", args=[together.pk]))
    assert page.status_code == 200

"""Taking a copy: complete for whoever takes it, and nobody else's words in it."""

import io
import json
import re
import secrets
import zipfile
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Mark, Transcript
from holdspace.engagements.models import Engagement, open_engagement
from holdspace.people.models import User
from holdspace.privacy.archive import OwnArchive
from holdspace.privacy.holdings import holding_of
from holdspace.privacy.models import Request
from holdspace.privacy.pack import pack
from holdspace.privacy.schema import schema, schema_page
from holdspace.vault.models import Trace
from tests.cast import PASSWORD, TALK, browser

from .referee import faults

ROOT = Path(__file__).resolve().parents[3]
Told = dict[str, Any]


def fresh(person: User) -> Client:
    """A browser in which this person has just given the password once more."""
    there = browser(person)
    there.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return there


def opened(packed: bytes) -> tuple[Told, str]:
    """The JSON and the page of an archive."""
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        assert zipped.testzip() is None
        return json.loads(zipped.read("holdspace.json")), zipped.read("index.html").decode()


def copy_of(person: User) -> tuple[Told, str]:
    return opened(b"".join(pack(OwnArchive(person))))


def test_a_client_takes_everything_along(heard: Transcript, ana: User, ben: User) -> None:
    mark = Mark.objects.visible_to(ana).filter(owner="client").first()
    mark.accept(by=ana)
    answer = fresh(ben).post(reverse("take_copy"))
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="holdspace-[\d-]+\.zip"', answer.headers["Content-Disposition"])
    told, page = opened(b"".join(answer.streaming_content))
    tables = told["tables"]
    assert [row["email"] for row in tables["people.User"]] == ["ben@example.org"]
    assert tables["engagements.Engagement"][0]["purpose"] == "To find work that fits."
    assert tables["conversations.Session"][0]["title"] == "Before the interview"
    spoken = [turn[1] for turn in tables["conversations.Transcript"][0]["words"]["turns"]]
    assert spoken == [line.split(": ")[1] for line in TALK.strip().splitlines()]
    assert [row["text"] for row in tables["conversations.Mark"]] == [mark.text]
    assert {row["person"] for row in tables["engagements.Consent"]} == {str(ana.pk), str(ben.pk)}
    assert "took in a transcript" in {row["verb"] for row in tables["vault.Trace"]}
    for words in ("Ben", "Ana", "three stories", "Before the interview", "To find work that fits."):
        assert words in page


def test_the_coachs_own_mirror_stays_with_the_coach(heard: Transcript, ana: User, ben: User) -> None:
    for_ben, page = copy_of(ben)
    assert not for_ben["tables"]["conversations.Mark"], "nothing was accepted yet"
    assert "heard" not in for_ben["tables"]["conversations.Transcript"][0]
    assert "reflection" not in page
    for_ana, _ = copy_of(ana)
    assert for_ana["tables"]["conversations.Transcript"][0]["heard"]["turns"]
    assert len(for_ana["tables"]["conversations.Mark"]) == Mark.objects.visible_to(ana).count() > 0


def test_nobody_elses_words_come_along(heard: Transcript, dov: User, cleo: User, eve: User) -> None:
    for other in (dov, cleo, eve):
        told, page = copy_of(other)
        text = json.dumps(told) + page
        for word in ("interview", "stories", "Ben", "ben@", "Ana", "ana@"):
            assert word not in text, f"{other.name} was handed “{word}”"
        assert not told["tables"]["conversations.Session"]


def test_when_the_client_reads_is_not_told_to_the_coach(heard: Transcript, ana: User, ben: User) -> None:
    browser(ben).get(heard.session.get_absolute_url())
    assert Trace.objects.visible_to(ana).filter(verb="read", actor_id=ben.pk).exists(), "or there is nothing to hide"
    told, _ = copy_of(ana)
    assert not [row for row in told["tables"]["vault.Trace"] if (row["verb"], row["actor_id"]) == ("read", str(ben.pk))]


def test_it_is_the_shape_that_was_published(heard: Transcript, ana: User, ben: User) -> None:
    assert (ROOT / "docs" / "export.schema.json").read_text() == schema_page(), (
        "holdspace holdings --schema > docs/export.schema.json"
    )
    for person in (ana, ben):
        told, _ = copy_of(person)
        assert list(faults(told, schema())) == []
    told["tables"]["conversations.Session"][0]["starts_at"] = "soon"
    told["tables"]["conversations.Mood"] = []
    assert len(list(faults(told, schema()))) == 2


def test_every_given_field_of_every_row_is_there(heard: Transcript, ben: User) -> None:
    told, _ = copy_of(ben)
    for label, rows in told["tables"].items():
        for row in rows:
            assert set(row) == set(holding_of(label).given.split())


def test_after_the_ending_it_is_still_there(heard: Transcript, together: Engagement, ben: User) -> None:
    Engagement.objects.access_system("in a test").update(ended_on=timezone.localdate())
    told, page = copy_of(ben)
    assert told["tables"]["conversations.Transcript"]
    assert "three stories" in page


def test_words_cannot_become_a_part_of_the_page(heard: Transcript, together: Engagement, ben: User) -> None:
    together.describe("Ben", "<script>alert(1)</script>", "weekly", by=together.coach)
    heard.words = {"turns": [["<b>Ana", "</li><script>", None, None]], "format": "x", "stamps": None, "notes": []}
    heard.save()
    _, page = copy_of(ben)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_both_can_see_that_it_was_taken_and_the_owner_that_it_was_answered(
    heard: Transcript, ana: User, ben: User, dov: User, cleo: User
) -> None:
    fresh(ben).post(reverse("take_copy"))
    fresh(ana).post(reverse("take_copy"))
    taken = Trace.objects.visible_to(ben).filter(verb="took a copy")
    assert set(taken.values_list("actor_id", flat=True)) == {ana.pk, ben.pk}
    request = Request.objects.visible_to(dov).get()
    assert (request.kind, request.person_id) == ("copy", ben.pk)
    assert request.answered_at <= request.due_at
    assert not Request.objects.visible_to(cleo).exists()


def test_it_wants_to_know_afresh_who_is_there(heard: Transcript, ben: User) -> None:
    stale = browser(ben)
    answer = stale.post(reverse("take_copy"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not Trace.objects.visible_to(ben).filter(verb="took a copy").exists()
    wrong = stale.post(reverse("account_reauthenticate"), {"password": "another quiet room"})
    assert wrong.status_code == 200
    assert stale.post(reverse("take_copy")).status_code == 302


def test_who_has_no_password_proves_it_by_a_code(heard: Transcript, ben: User) -> None:
    ben.set_unusable_password()
    ben.save()
    answer = browser(ben).post(reverse("take_copy"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("again"))
    assert not Trace.objects.visible_to(ben).filter(verb="took a copy").exists()


def test_it_is_only_ever_asked_for_by_a_form(heard: Transcript, ben: User) -> None:
    assert fresh(ben).get(reverse("take_copy")).status_code == 405
    assert Client().post(reverse("take_copy")).status_code == 302


def test_a_long_history_is_packed_piece_by_piece(heard: Transcript, ben: User) -> None:
    heard.words = {"turns": [["Ben", secrets.token_hex(2_000), None, None] for _ in range(200)], "notes": []}
    heard.save()
    pieces = list(pack(OwnArchive(ben)))
    assert len(pieces) > 4
    assert max(map(len, pieces)) < 200_000
    told, _ = opened(b"".join(pieces))
    assert len(told["tables"]["conversations.Transcript"][0]["words"]["turns"]) == 200


def test_an_invitation_that_waits_hands_nothing_over(ana: User, cleo: User) -> None:
    open_engagement(ana, cleo, called="Cleo", purpose="Words that she has not agreed to.")
    told, page = copy_of(cleo)
    assert not told["tables"]["engagements.Engagement"]
    assert "Words that she" not in json.dumps(told) + page

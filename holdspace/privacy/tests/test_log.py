"""The owner's log: requests without names, breaches with their 72 hours, and the practice's frame as a file."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Transcript
from holdspace.people.models import Practice, User
from holdspace.people.models.practice import NotTheOwner
from holdspace.privacy.archive import FrameArchive
from holdspace.privacy.models import Breach
from holdspace.privacy.pack import as_json
from holdspace.privacy.schema import schema
from holdspace.vault.models import Trace
from tests.cast import browser

from .referee import faults
from .test_copy import fresh

SAID = {"what": "A list of sessions was sent to the wrong address.", "people": "3"}


def told(practice: Practice, owner: User) -> dict[str, object]:
    return json.loads("".join(as_json(FrameArchive(practice, owner))))


def written(practice: Practice, dov: User, hours: float = 1) -> Breach:
    noticed = timezone.now() - timedelta(hours=hours)
    return Breach.write_down(practice, what="A list went astray.", people=3, noticed_at=noticed, by=dov)


def test_requests_stand_there_without_a_name(heard: Transcript, practice: Practice, ben: User, dov: User) -> None:
    fresh(ben).post(reverse("take_copy"))
    page = browser(dov).get(reverse("privacy_log", args=[practice.pk])).content.decode()
    assert "Somebody asked for a copy" in page
    assert "answered" in page
    assert "Ben" not in page
    assert str(ben.pk) not in page


def test_a_breach_is_written_down_and_the_clock_runs(practice: Practice, dov: User) -> None:
    there = browser(dov)
    noticed = timezone.localtime(timezone=dov.zone) - timedelta(hours=10)
    said = SAID | {"noticed_at": noticed.strftime("%Y-%m-%dT%H:%M")}
    page = there.post(reverse("add_breach", args=[practice.pk]), said, follow=True).content.decode()
    assert "wrong address" in page
    breach = Breach.objects.visible_to(dov).get()
    assert breach.hours_left in (61, 62)
    assert f"{breach.hours_left} hours are left" in page
    assert breach.waits
    assert "hours left" in there.get(reverse("privacy_log", args=[practice.pk])).content.decode()


def test_steps_are_noted_once(practice: Practice, dov: User) -> None:
    breach, there = written(practice, dov), browser(dov)
    address = reverse("breach", args=[breach.pk])
    there.post(address, {"step": "authority", "done": "By their form, number 12."})
    first = Breach.objects.visible_to(dov).get().told_authority_at
    there.post(address, {"step": "authority", "done": "Again."})
    found = Breach.objects.visible_to(dov).get()
    assert (found.told_authority_at, found.done, found.waits) == (first, "By their form, number 12.", False)
    there.post(address, {"step": "closed", "done": "The address was corrected."})
    page = there.get(address).content.decode()
    assert "number 12" in page
    assert "The address was corrected." in page
    assert "Note a step" not in page
    verbs = Trace.objects.visible_to(dov).filter(noun="privacy.breach").values_list("verb", flat=True)
    assert set(verbs) == {"wrote down a breach", "noted of a breach: authority", "noted of a breach: closed"}


def test_after_72_hours_it_says_that_it_is_late(practice: Practice, dov: User) -> None:
    breach = written(practice, dov, hours=73)
    assert "say why it is late" in browser(dov).get(reverse("breach", args=[breach.pk])).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"what": ""}, {"noticed_at": "soon"}, {"noticed_at": "2999-01-01T10:00"}, {"people": "-1"}]
)
def test_a_form_that_does_not_fit_keeps_nothing(practice: Practice, dov: User, wrong: dict[str, str]) -> None:
    said = SAID | {"noticed_at": "2026-01-01T10:00"} | wrong
    answer = browser(dov).post(reverse("add_breach", args=[practice.pk]), said)
    assert answer.status_code == 200
    assert not Breach.objects.access_system("in a test").exists()
    assert answer.context["form"].errors


def test_a_step_that_there_is_not_is_refused(practice: Practice, dov: User) -> None:
    breach = written(practice, dov)
    browser(dov).post(reverse("breach", args=[breach.pk]), {"step": "forgotten"})
    assert Breach.objects.visible_to(dov).get().waits


def test_only_owners_see_it(practice: Practice, ana: User, ben: User, cleo: User, dov: User) -> None:
    breach = written(practice, dov)
    for other in (ana, ben, cleo):
        there = fresh(other)
        for name, pk in (("privacy_log", practice.pk), ("add_breach", practice.pk), ("breach", breach.pk)):
            assert there.get(reverse(name, args=[pk])).status_code == 404, (other.name, name)
        assert there.post(reverse("take_frame", args=[practice.pk])).status_code == 404
        with pytest.raises(NotTheOwner):
            Breach.write_down(practice, what="x", people=None, noticed_at=timezone.now(), by=other)
        with pytest.raises(NotTheOwner):
            breach.note("closed", by=other)


def test_the_frame_holds_seats_and_counts_and_nobodys_words(
    heard: Transcript, practice: Practice, ana: User, dov: User
) -> None:
    frame = told(practice, dov)
    assert list(faults(frame, schema())) == []
    assert set(frame["names"].values()) == {"Ana", "Dov"}
    assert frame["counts"]["conversations.Transcript"] == 1
    assert frame["counts"]["engagements.Engagement"] == 1
    assert {row["role"] for row in frame["tables"]["people.Seat"]} == {"owner", "coach"}
    text = json.dumps(frame)
    for word in ("Ben", "ben@", "interview", "stories", "find work", "Before the"):
        assert word not in text, word
    answer = fresh(dov).post(reverse("take_frame", args=[practice.pk]))
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert Trace.objects.visible_to(dov).filter(verb="took the practice's frame").exists()


def test_the_frame_wants_to_know_afresh_who_is_there(practice: Practice, dov: User) -> None:
    answer = browser(dov).post(reverse("take_frame", args=[practice.pk]))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))

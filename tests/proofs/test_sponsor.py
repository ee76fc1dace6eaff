"""What a sponsor of many could work out by comparing: pages before and after one of them did anything are the same."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from holdspace.conversations.models import Session, write_note
from holdspace.engagements.ending import end
from holdspace.engagements.models import Engagement, Sponsor, open_engagement
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.growth.models import Commitment, Concern, Goal, Rating
from holdspace.letters.models import Letter
from holdspace.people.models import User
from holdspace.privacy.erase import erase_engagement
from holdspace.privacy.models import Window
from holdspace.privacy.window import approve
from holdspace.threads.send import send
from holdspace.vault.models import new_id
from tests.cast import meeting, person

from .amount import amount

GROUPS, QUICK, COACHED = 1_000, 12, 6
"""Groups in full and while one builds, and the people whom one employer pays for."""
pytestmark = pytest.mark.django_db
Deed = Callable[[Engagement, random.Random], object]


class Inferred(AssertionError):
    """What one person did changed what whoever pays sees."""


def book(one: Engagement, chance: random.Random) -> object:
    """One more session took place."""
    return meeting(one, days=-chance.randint(3, 60))


def note(one: Engagement, chance: random.Random) -> object:
    """A note, shared or not."""
    session = Session.objects.visible_to(one.client).filter(engagement=one)[0]
    kept = write_note(session, new_id(), "I want to leave.", by=one.client)
    return chance.random() < 0.5 and kept.share(by=one.client)


def promise(one: Engagement, chance: random.Random) -> object:
    """A promise, and whether it was kept."""
    said = {"owner": "client", "action": "Write", "due_on": one.client.today, "proposed_by": "client"}
    made = Commitment.make(one, said, by=one.client)
    return chance.random() < 0.5 and made.keep(by=one.client)


def concern(one: Engagement, chance: random.Random) -> object:
    """A concern, told or not."""
    return Concern.voice(one, new_id(), "What if they see?", None, share=chance.random() < 0.5, by=one.client)


def goal(one: Engagement, chance: random.Random) -> object:
    """One goal more, or another title for one that is seen."""
    said: dict[str, Any] = {"title": f"To be {chance.random()}", "why": "", "weight": 2, "proposed_by": "client"}
    if chance.random() < 0.5:
        return Goal.propose(one, new_id(), **said, by=one.client)
    return goals_of(one)[0].say(**said, by=one.client)


def rating(one: Engagement, chance: random.Random) -> object:
    """Where the client sees a goal."""
    seen = goals_of(one)[0]
    seen.write_levels(["word"] * 5, by=one.coach)
    return Rating.give(seen, new_id(), chance.randint(-2, 2), by=one.client)


def message(one: Engagement, chance: random.Random) -> object:
    """A message of either."""
    return send(one, "Can we talk?", by=chance.choice((one.coach, one.client)), once=new_id())


def ending(one: Engagement, _: random.Random) -> object:
    """It ended."""
    return end(one, one.client.today, "A door.", by=one.client)


def erasing(one: Engagement, _: random.Random) -> object:
    """All of it is gone."""
    end(one, one.client.today, "", by=one.client)
    return erase_engagement(one, by=one.client)


LIFE: list[Deed] = [book, note, promise, concern, goal, rating, message]
LAST: list[Deed] = [ending, erasing]


def goals_of(one: Engagement) -> list[Goal]:
    """The goals as the client sees them."""
    return list(Goal.objects.visible_to(one.client).filter(engagement=one).order_by("made_at", "pk"))


def pages(paths: dict[Any, str]) -> dict[Any, bytes]:
    """What whoever pays reads behind each link; nothing where it opens nothing any more."""
    answers = {pk: Client().get(path) for pk, path in paths.items()}
    return {pk: answer.content if answer.status_code == 200 else b"" for pk, answer in answers.items()}


class Group:
    """Some of the people whom one employer pays for, each with a window of what they approved."""

    def __init__(self, works: list[Sponsor], number: int) -> None:
        self.chance = random.Random(f"sponsor {number}")
        self.works = self.chance.sample(works, self.chance.randint(2, len(works)))
        self.one = self.chance.choice(self.works).engagement
        self.paths = {work.engagement_id: self.opened(work) for work in self.works}

    def opened(self, work: Sponsor) -> str:
        """A window with some of the goals, or none."""
        mine = goals_of(work.engagement)
        ticked = self.chance.sample(mine, self.chance.randint(0, len(mine)))
        return "/" + approve(work, ticked, by=work.engagement.client)[1].split("/", 3)[3]

    def compare(self, came: Counter[str]) -> None:
        """One of them lives on; what is seen of the others and of them is what it was, or of them nothing at all."""
        before, letters = pages(self.paths), self.letters()
        assert all(before.values())
        for deed in [*self.chance.choices(LIFE, k=self.chance.randint(2, 6)), *self.chance.sample(LAST, 1)]:
            deed(self.one, self.chance)
            came[deed.__name__] += 1
        after = pages(self.paths)
        came["pages"] += len(after)
        came["closed"] += not after[self.one.pk]
        changed = [pk for pk, page in after.items() if page != before[pk] and (page or pk != self.one.pk)]
        if changed or self.letters() != letters:
            raise Inferred(f"{len(changed)} of {len(after)} pages tell of what one person did")

    def letters(self) -> int:
        """How many letters there are to anybody but the one and their coach."""
        theirs = (self.one.coach_id, self.one.client_id)
        return Letter.objects.access_system("who is written to").exclude(to__in=theirs).count()


@pytest.fixture
def works(ana: User) -> list[Sponsor]:
    """Six people of one employer, coached by Ana."""
    return [paid_for(open_engagement(ana, person(f"Six{n}"), called=f"Six{n}", **BEGUN)) for n in range(COACHED)]


BEGUN: dict[str, Any] = {"started_on": date(2026, 1, 5), "accepted_at": "2026-01-05T10:00Z"}


def paid_for(one: Engagement) -> Sponsor:
    """Work that somebody pays for, with a session and two goals."""
    agreed_on(one, sponsor=True)
    meeting(one)
    for title in ("A role with people", "Say no more often"):
        Goal.propose(one, new_id(), title=title, why="", weight=2, proposed_by="client", by=one.client)
    return Sponsor.add(one, "Nora North", "Northwind", "", by=one.coach)


def compare(works: list[Sponsor], numbers: range) -> Counter[str]:
    """Let each group be, and undo it; counts what was done."""
    came: Counter[str] = Counter()
    for number in numbers:
        with transaction.atomic():
            fresh = Sponsor.objects.access_system("in a test").filter(pk__in=[work.pk for work in works])
            people = (f"engagement__{part}" for part in ("key__parent", "coach", "client", "practice"))
            Group(list(fresh.select_related(*people).order_by("pk")), number).compare(came)
            transaction.set_rollback(True)
    return came


@pytest.mark.slow
def test_some_groups(works: list[Sponsor]) -> None:
    came = compare(works, range(QUICK))
    assert came["pages"] >= 2 * QUICK


@pytest.mark.slow
def test_a_figure_of_the_group_would_be_noticed(works: list[Sponsor], monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = Session.objects.access_system("in a test")
    monkeypatch.setattr(Window, "days", property(lambda _: list(everybody.all().values_list("day", flat=True))))
    with pytest.raises(Inferred):
        compare(works, range(QUICK))


@pytest.mark.prove
def test_a_thousand_groups(works: list[Sponsor], record_property: Any) -> None:
    groups = amount(GROUPS, 40)
    came = compare(works, range(groups))
    assert all(came[deed.__name__] >= groups * 0.05 for deed in [*LIFE, *LAST]), came
    deeds = came.total() - came["pages"] - came["closed"]
    record_property(
        "measured",
        f"{groups:,} groups, {deeds:,} deeds of one of each: {came['pages']:,} pages compared, 0 told of them",
    )

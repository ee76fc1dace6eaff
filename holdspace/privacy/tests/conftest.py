"""A work that somebody pays for."""

import pytest

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement, Sponsor
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.growth.models import Goal
from holdspace.people.models import User
from holdspace.vault.models import new_id


@pytest.fixture
def paid(session: Session, together: Engagement, ana: User, ben: User) -> Sponsor:
    agreed_on(together, sponsor=True)
    for title in ("A role with people", "Say no to my mother"):
        Goal.propose(together, new_id(), title=title, why="", weight=2, proposed_by="client", by=ben)
    return Sponsor.add(together, "Nora North", "Northwind", "", by=ana)

"""A session that a mentor could be asked to read."""

import pytest

from holdspace.conversations.models import Release, Session, Transcript, write_note
from holdspace.conversations.release import ask_to_release
from holdspace.conversations.tests.releasing import BOTH, WHY
from holdspace.engagements.models import Engagement
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.people.models import User
from holdspace.vault.models import new_id


@pytest.fixture
def allowed(together: Engagement, mira: User) -> Engagement:
    """Ana and Ben agreed that Ana may ask."""
    agreed_on(together, mentor=True, recording=True, analysis=True)
    return together


@pytest.fixture
def shared(heard: Transcript, ana: User, ben: User) -> Session:
    """A heard session with a note of each of the two shared, and one each kept to oneself."""
    for writer in (ana, ben):
        write_note(heard.session, new_id(), f"Shared by {writer.name}", by=writer).share(by=writer)
        write_note(heard.session, new_id(), f"Only for {writer.name}", by=writer)
    return heard.session


@pytest.fixture
def asked(allowed: Engagement, shared: Session, ana: User, mira: User) -> Release:
    return ask_to_release(shared, mira, BOTH, WHY, by=ana)

"""What the tests of a pact write and sign."""

from datetime import time
from typing import Any

from holdspace.engagements.models import Engagement, Pact
from holdspace.engagements.propose import propose, starting_words
from holdspace.people.models import User

USUAL: dict[str, Any] = {
    "addressed": "Ben, he",
    "channels": ["email", "page"],
    "quiet_from": time(20),
    "quiet_to": time(8),
    "reply_hours": 48,
    "off_limits": ["the divorce"],
    "transcript_days": 14,
    "notes_months": 6,
    "recording": False,
    "analysis": False,
    "sponsor": False,
    "mentor": False,
    "review_on": None,
}


def proposed(engagement: Engagement, by: User, words: dict[str, str] | None = None, **settings: Any) -> Pact:
    """A version that waits for both signatures."""
    return propose(engagement, starting_words(engagement) | (words or {}), USUAL | settings, by=by)


def agreed_on(engagement: Engagement, words: dict[str, str] | None = None, **settings: Any) -> Pact:
    """A version that both have signed."""
    pact = proposed(engagement, engagement.coach, words, **settings)
    pact.sign("Ana Reyes", by=engagement.coach)
    pact.sign("Ben Hale", by=engagement.client)
    return pact


def posted(**more: Any) -> dict[str, Any]:
    """What a browser sends when it proposes."""
    said = {"words_goals": "To find work that fits.", "channels": ["email"], "quiet_from": "20:00", "quiet_to": "08:00"}
    return (
        said | {"transcript_days": "30", "notes_months": "12", "reply_hours": "48", "off_limits": "money\nmoney"} | more
    )

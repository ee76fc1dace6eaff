"""What the coach agreed not to bring up, and a quiet reminder where words touch it."""

import re
from dataclasses import dataclass

from holdspace.people.models import User

from .models import Engagement, Pact, agreed_between

SMALL = re.compile(r"^(?:(?:the|a|an|any|my|our|his|her|their|your|its|about|talk|of)\s+)+", re.IGNORECASE)


@dataclass(frozen=True)
class Topic:
    """One topic as the two wrote it, and the part of it that words are looked at for."""

    words: str
    stem: str


def topics_of(engagement: Engagement, writer: User) -> list[Topic]:
    """The topics of the pact in force; only the coach is ever reminded."""
    if writer.pk != engagement.coach_id:
        return []
    return topics_in(agreed_between(engagement))


def topics_in(pact: Pact | None) -> list[Topic]:
    """The topics of one version."""
    written = (pact.off_limits if pact else None) or []
    return [Topic(words, SMALL.sub("", words).strip() or words) for words in written]


def touched(words: str, topics: list[Topic]) -> list[str]:
    """The topics that these words touch: any word of them that begins like the topic."""
    return [topic.words for topic in topics if re.search(rf"(?<!\w){re.escape(topic.stem)}", words, re.IGNORECASE)]


def reminder(words: str, engagement: Engagement, writer: User) -> str:
    """One quiet sentence when the words touch something off limits; otherwise nothing."""
    found = touched(words, topics_of(engagement, writer))
    if not found:
        return ""
    return f"A reminder: the two of you agreed that you don't bring up {' and '.join(found)}. It stays as you wrote it."

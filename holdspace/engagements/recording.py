"""What two people agreed on about recording: whether anybody is asked, and whether a program looks through it."""

from .models import Engagement, Pact


def may_ask(engagement: Engagement) -> bool:
    """Whether one may ask the other for a transcript; before there is an agreement, the two yeses alone decide."""
    pact = _in_force(engagement)
    return pact is None or pact.recording


def may_look_through(engagement: Engagement) -> bool:
    """Whether a program may look through the words of a transcript that both said yes to."""
    pact = _in_force(engagement)
    return pact is None or pact.analysis or not pact.recording


def _in_force(engagement: Engagement) -> Pact | None:
    found = Pact.objects.access_system("what they agreed on about recording").in_force()
    return found.filter(engagement=engagement).only("recording", "analysis", "in_force_at").first()

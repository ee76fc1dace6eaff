"""What two people agreed on about recording: whether anybody is asked, and whether a program looks through it."""

from .models import Pact


def may_ask(agreed: Pact | None) -> bool:
    """Whether one may ask the other for a transcript; before there is an agreement, the two yeses alone decide."""
    return agreed is None or agreed.recording


def may_look_through(agreed: Pact | None) -> bool:
    """Whether a program may look through the words of a transcript that both said yes to."""
    return agreed is None or agreed.analysis or not agreed.recording

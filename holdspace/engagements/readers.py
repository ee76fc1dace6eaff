"""Who can read what two people share, in words: the two, and those to whom the client released it."""

from holdspace.people.models import User

from .models import Engagement

AGREEMENT = "agreement"
"""What goes along with every hand-over, beside the kinds a client ticks."""


class Readers:
    """The privacy line as one of the two reads it, by the kind of what it stands on."""

    def __init__(self, engagement: Engagement, person: User) -> None:
        self.engagement, self.person = engagement, person

    def __getitem__(self, kind: str) -> str:
        return self.among(kind)

    def among(self, kind: str, *others: str) -> str:
        """The same with whoever else reads it, as the person calls them."""
        names = ["You", self.engagement.other_name(self.person)]
        handed = self.engagement.handed_to
        if handed is not None and kind in (AGREEMENT, *handed.kinds):
            names.append(handed.successor.first)
        names.extend(others)
        return f"{', '.join(names[:-1])} and {names[-1]}"

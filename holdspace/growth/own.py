"""One person's own promises to everybody: late, today, within a week, later, and without a day."""

from collections.abc import Iterator

from holdspace.people.models import User

from .ledger import Group
from .models import Commitment
from .shown import GROUPS, Shown

SHOWN = 60
"""How many open ones the page holds, the soonest first; each ledger has them all."""


class OwnPromises:
    """What one person promised and has not kept yet, and what others wrote down as theirs."""

    def __init__(self, person: User) -> None:
        mine = Commitment.objects.visible_to(person).promised_by(person)
        self.open = [Shown(one, person) for one in mine.open().by_due()[: SHOWN + 1]]
        self.waiting = [Shown(one, person) for one in mine.waiting().by_due()[:SHOWN]]
        self.more = len(self.open) > SHOWN

    @property
    def groups(self) -> Iterator[Group]:
        """The open ones by when they are due."""
        for name in GROUPS:
            some = [one for one in self.open[:SHOWN] if one.group == name]
            if some:
                yield Group(name, some)

"""Writing to either of two people as they agreed: by the channels and outside the quiet hours of their pact."""

from datetime import datetime

from holdspace.letters.envelope import Envelope
from holdspace.letters.models import ANY, Letter, Manner, Returned
from holdspace.people.models import User

from .models import Engagement, agreed_between


def manner_of(engagement: Engagement) -> Manner:
    """How these two agreed to write; at any hour and by e-mail while they agreed on nothing."""
    pact = agreed_between(engagement)
    return Manner(pact.by_email, pact.quiet_from, pact.quiet_to) if pact else ANY


def write_to(
    engagement: Engagement,
    to: User,
    kind: str,
    *,
    subject: str,
    words: str,
    idem: str,
    due: datetime | None = None,
    answers_to: str = "",
    can_wait: bool = False,
) -> bool:
    """A letter to one of the two; raises NotByEmail where they agreed on other ways.

    A client sees their coach's name on it; whose client somebody is stays in the house.
    """
    engagement.require_one_of(to)
    sender = engagement.coach.first if to.pk == engagement.client_id else ""
    return Letter.write(
        to,
        kind,
        subject=subject,
        words=words,
        key=engagement.key,
        idem=idem,
        due=due,
        manner=manner_of(engagement),
        envelope=Envelope(sender, answers_to, str(engagement.key_id)),
        can_wait=can_wait,
    )


def may_write(engagement: Engagement, to: User) -> bool:
    """Whether a letter to this person would be sent at all."""
    return bool(to.email) and manner_of(engagement).by_email


def tell(engagement: Engagement, to: User, address: str, note: str, *, kind: str, idem: str) -> bool:
    """A letter that says there is something to read, and never what; raises NotByEmail.

    A client is not named in their coach's mail: whose client somebody is stays in the house.
    """
    name = engagement.coach.first if to.pk == engagement.client_id else "one of your clients"
    words = (
        f"Hello {engagement.name_of(to.pk)},\n\n"
        f"There is something for you to read, about your work with {name}. It is here, and only for you:\n\n"
        f"{address}\n\n{note}\n"
    )
    return write_to(engagement, to, kind, subject=f"Something to read, from {name}", words=words, idem=idem)


def came_back(engagement: Engagement, reader: User) -> Returned | None:
    """Whether mail to the other of the two came back, for the one who would write; never which address it was."""
    engagement.require_one_of(reader)
    return Returned.from_address_of(engagement.other(reader))

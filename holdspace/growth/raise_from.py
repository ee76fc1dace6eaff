"""A concern found in what was said stands among the client's concerns once the coach has accepted it."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from holdspace.conversations.models import InUse, Mark, Session
from holdspace.people.models import User

from .models import Concern, Intensity, Option

TOUCHED = ("label", "heard_at", "missed_at", "step_at", "happened_at", "carried_on_at", "settled_at")


class Voiced:
    """Follows the answers to found concerns, and the transcript they came from."""

    def answered(self, mark: Mark, by: User) -> None:
        """Do as the answer says, harmless when repeated; raises InUse."""
        if mark.kind != Mark.Kind.CONCERN:
            return
        if mark.accepted_at:
            raise_from(mark, by=by)
        else:
            withdraw_from(mark, by=by)

    def derived(self, session: Session, person: User) -> int:
        """How many concerns came out of this session's transcript."""
        return Concern.objects.visible_to(person).filter(found_in(session)).count()

    def forget(self, session: Session) -> None:
        """They go with the transcript, also when its own days were over before."""
        Concern.objects.access_system("what was derived goes").filter(found_in(session)).delete()

    def outlive(self, session: Session) -> None:
        """What the two go on with stays, until one of them takes a yes back."""
        found = Concern.objects.access_system("a concern outlives the days of its transcript")
        found.filter(mark__transcript__session=session).update(mark=None, outlived_at=timezone.now())


def found_in(session: Session) -> Q:
    """Concerns that came out of a session's transcript, whether or not it is still there."""
    return Q(mark__transcript__session=session) | Q(session=session, outlived_at__isnull=False)


def raise_from(mark: Mark, *, by: User) -> Concern | None:
    """The concern behind an accepted mark, in the words the client spoke or as the coach said it better.

    None for a promise, and for what the coach said. It is shared from the start: the coach heard it. Harmless when
    repeated; new words reach it until somebody went on with it, then they raise InUse.
    """
    if mark.kind != Mark.Kind.CONCERN or mark.owner != Mark.Owner.CLIENT:
        return None
    words = mark.text if mark.edited_at else str(mark.quote[1]).strip() or mark.text
    session = mark.transcript.session
    with transaction.atomic():
        session.engagement.hold()
        there = behind(mark)
        if there is None:
            made = Concern(engagement=session.engagement, session=session, mark=mark)
            made.words, made.written_by, made.raised_at = words, by, session.starts_at
            made.shared_at = mark.accepted_at or timezone.now()
            return made.keep("wrote down a concern", by=by)
        if there.words != words:
            require_untouched(there)
            there.reword(words, by=by)
        return there


def withdraw_from(mark: Mark, *, by: User) -> None:
    """Take it out again when the coach answers the mark otherwise; raises InUse."""
    with transaction.atomic():
        concern = behind(mark)
        if concern is not None:
            require_untouched(concern)
            concern.take_out("took a found concern back", by=by)


def behind(mark: Mark) -> Concern | None:
    """The concern that came of a mark."""
    found = Concern.objects.access_system("what came of a mark").filter(mark=mark)
    return found.select_related("engagement__key__parent", "engagement__coach", "engagement__client", "session").first()


def require_untouched(concern: Concern) -> None:
    """Raise InUse where anybody went on with it."""
    under = (noun.objects.access_system("did anybody go on with it?") for noun in (Option, Intensity))
    said = any(getattr(concern, name) is not None for name in TOUCHED)
    if said or any(rows.filter(concern=concern).exists() for rows in under):
        raise InUse

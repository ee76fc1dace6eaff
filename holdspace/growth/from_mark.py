"""A promise found in what was said becomes a commitment when the coach accepts it, and goes when that is undone."""

from django.db.models import Q

from holdspace.conversations.models import InUse as MarkInUse
from holdspace.conversations.models import Mark, Session
from holdspace.people.models import User

from .due import day_meant
from .models import Commitment


class Found:
    """Follows the answers to found promises; told by conversations, as the settings list it."""

    def answered(self, mark: Mark, by: User) -> None:
        """Do as the answer says, harmless when repeated; raises InUse where more came of the promise by now."""
        if mark.kind != Mark.Kind.PROMISE:
            return
        engagement = mark.transcript.session.engagement.hold()
        made = Commitment.objects.access_system("what came of a found promise").with_people().filter(mark=mark).first()
        if made is not None and not made.is_untouched:
            raise MarkInUse
        if made is not None:
            made.take_away()
        if mark.state == "accepted":
            Commitment.make(engagement, said_in(mark), by=by)

    def derived(self, session: Session, person: User) -> int:
        """How many promises came out of this session's transcript."""
        return Commitment.objects.visible_to(person).filter(found_in(session)).count()

    def forget(self, session: Session) -> None:
        """They go with the transcript."""
        for made in Commitment.objects.access_system("what was derived goes").filter(found_in(session)):
            made.take_away()

    def outlive(self, session: Session) -> None:
        """What both made of it stays, until one of them takes a yes back."""
        out = Commitment.objects.access_system("a promise outlives the days of its transcript")
        for made in out.filter(mark__transcript__session=session):
            made.outlive()


def found_in(session: Session) -> Q:
    """Promises that came out of a session's transcript, whether or not it is still there."""
    return Q(mark__transcript__session=session) | Q(made_in=session, outlived_at__isnull=False)


def said_in(mark: Mark) -> dict[str, object]:
    """A found promise as fields of a commitment; its day only where the words leave no doubt."""
    session = mark.transcript.session
    return {
        "mark": mark,
        "owner": mark.owner,
        "action": mark.text,
        "due_on": getattr(mark, "due_on", None) or day_meant(mark.due or "", session.day),
        "proposed_by": mark.owner,
        "made_in": session,
    }

"""Telling the other of the two about a promise: new, to be moved, or stuck; its words stay in the house."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from holdspace.engagements.models import Engagement
from holdspace.engagements.writing import may_write, write_to
from holdspace.letters.models import Letter
from holdspace.people.models import Link, User

if TYPE_CHECKING:
    from .models import Commitment, Move

KIND = "promise"
OPEN_AFTER = 14
"""Days after its day for which a promise's link opens."""
SIGN_IN = "You are asked to sign in first."


def answer_address(commitment: "Commitment", person: User | None = None) -> str:
    """The address of a fresh link by which one of the two, mostly whoever promised, answers; older ones are dead."""
    ahead = max((commitment.due_on - timezone.now().date()).days, 0) if commitment.due_on else 0
    about, days = commitment.pk, min(ahead, 60) + OPEN_AFTER
    token = Link.make(Link.Purpose.PROMISE, about=about, person=person or commitment.promiser, days=days)
    return settings.ADDRESS + reverse("promise_by_link", args=[token])


def tell_promised(commitment: "Commitment") -> None:
    """Somebody wrote a promise down as another's; a letter that still waits speaks for the next ones too."""
    to, key = commitment.promiser, commitment.engagement.key_id
    if commitment.accepted_at is None and not _box(f"{KIND}d-").untouched().filter(to=to, key=key).exists():
        said = "wrote down something as a promise of yours. It counts once you say yes to it. It stands here:"
        _write(commitment.engagement, to, "wrote a promise down as yours", said, _ledger(commitment), _new(commitment))


def tell_moved(move: "Move") -> None:
    """Somebody asks for another day; the answer is one tap."""
    commitment = move.commitment
    to = commitment.engagement.other(move.asked_by)
    instead = f" instead of {_day(move.from_day)}" if move.from_day else ""
    said = f"asks for another day for something promised: {_day(move.to_day)}{instead}. Say here whether that is fine:"
    note = "No account is needed, and the link stops working once you have answered."
    if may_write(commitment.engagement, to):
        address = answer_address(commitment, to)
        _write(commitment.engagement, to, "asks for another day", said, address, _moved(move.pk), note)


def tell_stuck(commitment: "Commitment") -> None:
    """Somebody is stuck, and may want help; once a day for each."""
    to = commitment.engagement.other(commitment.promiser)
    wish = " and would like help" if commitment.wants_help else ""
    idem = f"{_stuck(commitment)}{commitment.today}-{'help' if wish else 'told'}"
    said = f"is stuck with something they promised you{wish}. What got in the way, if they said it, stands here:"
    _write(commitment.engagement, to, f"is stuck with a promise{wish}", said, _ledger(commitment), idem)


def recall_moved(moves: Any) -> None:
    """Nothing is told of wishes that were answered or taken back."""
    for pk in moves.values_list("pk", flat=True):
        Letter.recall(_moved(pk))


def recall_settled(commitment: "Commitment") -> None:
    """Nothing is told of what isn't so any more: it goes on, or somebody answered."""
    noun = type(commitment)
    if commitment.stuck_at is None or not commitment.is_unsettled:
        _recall(_box(_stuck(commitment)))
    waiting = noun.objects.access_system("does the letter still speak for another?").waiting()
    others = waiting.filter(engagement=commitment.engagement_id, owner=commitment.owner).exclude(pk=commitment.pk)
    if commitment.state != "waiting" and not others.exists():
        _recall(_box(f"{KIND}d-").filter(to=commitment.promiser, key=commitment.engagement.key_id))


def _write(
    engagement: Engagement, to: User, what: str, said: str, address: str, idem: str, note: str = SIGN_IN
) -> None:
    """One letter, which names neither what was promised nor, to a coach, which client."""
    if not may_write(engagement, to):
        return
    name = engagement.coach.first if to.pk == engagement.client_id else "One of your clients"
    words = f"Hello {engagement.name_of(to.pk)},\n\n{name} {said}\n\n{address}\n\n{note}\n"
    write_to(engagement, to, KIND, subject=f"{name} {what}", words=words, idem=idem, can_wait=True)


def _ledger(commitment: "Commitment") -> str:
    return f"{settings.ADDRESS}{reverse('promises', args=[commitment.engagement_id])}#commitment-{commitment.pk}"


def _day(day: Any) -> str:
    return date_format(day, "l j F")


def _new(commitment: "Commitment") -> str:
    return f"{KIND}d-{commitment.pk}"


def _moved(pk: Any) -> str:
    return f"moved-{pk}"


def _stuck(commitment: "Commitment") -> str:
    return f"stuck-{commitment.pk}-"


def _box(begins: str) -> Any:
    box = Letter.objects.access_system("letters about promises that still wait").unsent()
    return box.filter(kind=KIND, idem__startswith=begins)


def _recall(letters: Any) -> None:
    for idem in letters.values_list("idem", flat=True):
        Letter.recall(idem)

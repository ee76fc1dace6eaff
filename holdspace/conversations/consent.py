"""The two keys of a session: asked for, given, and taken back with everything that came of them."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from holdspace.engagements.models import Consent, agreed_between
from holdspace.engagements.recording import may_ask
from holdspace.engagements.writing import may_write, write_to
from holdspace.people.models import Link, User, digest

from .intake import forget
from .models import Session


@dataclass(frozen=True)
class Keys:
    """Who of the two has said yes to the transcript of one session."""

    coach: Consent | None
    client: Consent | None
    taken_back: tuple[Consent, ...] = ()
    """The latest yes of each who took it back and has not said it again."""

    @property
    def both(self) -> bool:
        """Whether a transcript may come in."""
        return self.coach is not None and self.client is not None

    def of(self, person: User) -> Consent | None:
        """This person's own."""
        return next((key for key in (self.coach, self.client) if key and key.person_id == person.pk), None)

    def taken_back_from(self, person: User) -> Consent | None:
        """The yes that the other of the two took back: told to this person kindly, and without a reason."""
        return next((gone for gone in self.taken_back if gone.person_id != person.pk), None)


def keys_for(session: Session, person: User) -> Keys:
    """The consents of a session, as this person may see them: those that hold, and those that were taken back."""
    if vars(session).get("answered") is False:
        return Keys(None, None)
    said = Consent.objects.visible_to(person).filter(scope=session.pk).order_by("given_at", "pk")
    latest = {consent.person_id: consent for consent in said}
    live = {person_id: consent for person_id, consent in latest.items() if consent.withdrawn_at is None}
    engagement = session.engagement
    gone = tuple(consent for consent in latest.values() if consent.withdrawn_at is not None)
    return Keys(live.get(engagement.coach_id), live.get(engagement.client_id), gone)


def agree(session: Session, *, by: User, link: Link | None = None) -> str:
    """One person's yes; through a link it answers with the token of the link that takes it back."""
    with transaction.atomic():
        session = session.hold()
        if link:
            link.spend()
        Consent.give(session.engagement, session.pk, by=by, link=link is not None)
        return _way_back(session, by) if link else ""


def _way_back(session: Session, client: User) -> str:
    """The token of the link that takes a yes back; it also goes out by letter where they may be written to."""
    token = Link.make(Link.Purpose.WITHDRAW, about=session.pk, person=client, days=3650)
    engagement = session.engagement
    if may_write(engagement, client) and client.is_active:
        words = _back_letter(session, settings.ADDRESS + reverse("withdraw_by_link", args=[token]))
        subject = f"To keep: your answer to {engagement.coach.name}"
        idem = f"way-back-{digest(token)}"
        write_to(engagement, client, "consent", subject=subject, words=words, idem=idem)
    return token


class NotToAsk(Exception):
    """The two agreed that nobody is asked to record."""


def ask_client(session: Session, *, post: bool) -> str:
    """The address of a fresh link by which the client can say yes; `post` also puts it into a letter.

    Raises NotYetAccepted, Over, NotToAsk, and NotByEmail.
    """
    engagement = session.engagement
    engagement.require_live()
    if not may_ask(agreed_between(engagement)):
        raise NotToAsk
    with transaction.atomic():
        token = Link.make(Link.Purpose.CONSENT, about=session.pk, person=engagement.client, days=14)
        address = settings.ADDRESS + reverse("consent_by_link", args=[token])
        if post:
            write_to(
                engagement,
                engagement.client,
                "consent",
                subject=f"A question from {engagement.coach.name}",
                words=_letter(session, address),
                idem=f"consent-{digest(token)}",
            )
    return address


def withdraw(session: Session, *, by: User, link: Link | None = None) -> bool:
    """Take one's yes back: the transcript and all that was derived go in the same moment. Harmless when repeated."""
    with transaction.atomic():
        session = session.hold()
        if link:
            link.spend()
        mine = Consent.objects.visible_to(by).live().filter(scope=session.pk, person=by).select_related("engagement")
        for consent in mine:
            consent.withdraw(by=by)
        return forget(session)


def _letter(session: Session, address: str) -> str:
    engagement = session.engagement
    return (
        f"Hello {engagement.first},\n\n"
        f"{engagement.coach.name} would like your answer to one question about a session of yours. "
        "The page says what it is about. Either answer is fine, and refusing costs nothing.\n\n"
        f"{address}\n\n"
        "The link is for you alone, works once, and stops working in two weeks.\n"
    )


def _back_letter(session: Session, address: str) -> str:
    engagement = session.engagement
    return (
        f"Hello {engagement.first},\n\n"
        f"You answered a question of {engagement.coach.name}'s. Your answer holds until you take it back, at any time, "
        "without a reason and without an account, here:\n\n"
        f"{address}\n\n"
        "The link is for you alone. Nothing happens by opening it.\n"
    )

"""Answering about a promise by a one-tap link: done, another day, stuck, or yes to a day; the link is spent with it."""

from typing import Any

from django.db import transaction

from holdspace.people.models import Link, User

from .models import Commitment, Move
from .tell import answer_address


def answer_wish(move: Move, *, fine: bool, by: User, link: Link) -> None:
    """The other's wish for another day is fine, or not; once."""
    with transaction.atomic():
        move.commitment.engagement.hold()
        link.spend()
        (move.agree if fine else move.decline)(by=by)


def answer(commitment: Commitment, said: dict[str, Any], *, by: User, link: Link) -> str:
    """Do what was said, once; for the stuck it gives the address of a fresh link, since more will follow.

    Raises BadLink for the second of two, and whatever the deed itself refuses; then the link still opens.
    """
    with transaction.atomic():
        commitment.engagement.hold()
        link.spend()
        if said["became"] == "done":
            commitment.keep(by=by)
        elif said["became"] == "moved":
            Move.ask(commitment, said["new_day"], by=by)
        else:
            commitment.say_stuck(said["got_in_the_way"], help_wanted=said["wants_help"], by=by)
            return answer_address(commitment)
    return ""

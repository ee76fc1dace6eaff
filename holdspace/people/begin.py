"""First run: a practice, its key and its first coach, made together or not at all."""

from dataclasses import dataclass

from django.db import transaction

from holdspace.vault import trail
from holdspace.vault.models import Key

from .models import Link, Practice, Seat, User


class AlreadyBegun(Exception):
    """This house already has a practice."""


@dataclass(frozen=True)
class Newcomer:
    """How somebody who is new here wants to be called, and where their clock stands."""

    name: str
    timezone: str


@dataclass(frozen=True)
class FirstCoach:
    """Who begins: the first coach, who also owns the practice."""

    name: str
    email: str
    password: str
    timezone: str


def is_empty() -> bool:
    """Whether nobody has begun here yet."""
    return not Practice.objects.access_system("is the house empty?").exists()


def begin(link: Link, practice_name: str, coach: FirstCoach) -> User:
    """Found the first practice; raises BadLink for a used link and AlreadyBegun for a house in use."""
    with transaction.atomic():
        link.spend()
        if not is_empty():
            raise AlreadyBegun
        practice = found(practice_name, coach.timezone)
        user = User.objects.create_user(coach.email, coach.password, name=coach.name, timezone=coach.timezone)
        seat(user, practice, Seat.Role.OWNER, Seat.Role.COACH)
        trail.leave("founded the practice", practice, by=user, practice_id=practice.pk)
    return user


def found(name: str, zone: str) -> Practice:
    """A practice with a key of its own."""
    return Practice.objects.create(name=name, timezone=zone, key=Key.make("practice"))


def seat(user: User, practice: Practice, *roles: str) -> None:
    """Seats for one person."""
    for role in roles:
        Seat.objects.create(practice=practice, user=user, role=role)

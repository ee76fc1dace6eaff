"""An address that mail came back from: nothing more goes there until it is changed, or said to work again."""

from typing import Self

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, new_id


class ReturnedQuerySet(GuardedQuerySet["Returned"]):
    """Returned mail, found by whose address it is."""

    def seen_by(self, person: User) -> Self:
        """One's own address."""
        return self.filter(person=person)

    def standing(self) -> Self:
        """Those that still hold: the person has the same address as then."""
        return self.filter(address=F("person__email"))


class Returned(Guarded):
    """One person's address that does not take mail; one row however much comes back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="returned")
    address = models.EmailField()
    status = models.CharField(max_length=11)
    at = models.DateTimeField(default=timezone.now)

    classes = Classes(public="id", practice="person status at", private="address")

    objects = ReturnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mail returned to {self.person_id}"

    @classmethod
    def note(cls, person: User, status: str) -> bool:
        """Mail to this person's address came back for good; False when that was known."""
        known = cls.objects.access_system("one row a person")
        if not person.email or known.standing().filter(person=person).exists():
            return False
        with transaction.atomic():
            known.update_or_create(
                person=person, defaults={"address": person.email, "status": status[:11], "at": timezone.now()}
            )
        return True

    @classmethod
    def from_address_of(cls, person: User) -> "Returned | None":
        """What is known against the address this person has now."""
        if not person.email:
            return None
        return cls.objects.access_system("does mail reach them?").standing().filter(person=person).first()

    @classmethod
    def forget(cls, person: User) -> None:
        """It works again, or is to be tried again; harmless when repeated."""
        cls.objects.access_system("said to work again").filter(person=person).delete()

"""holdspace trail verify: prove that no trace was changed, moved or taken away."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from holdspace.vault import trail
from holdspace.vault.models import HOUSE_TRAIL, Head

Ends = dict[UUID, tuple[int, bytes]]


class Command(BaseCommand):
    """Checks every trail and prints its end; note the ends elsewhere, and a trail set back shows too."""

    help = "Prove the trails whole. Note the ends it prints outside this machine, and give them back with --expect."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one deed, and ends noted earlier."""
        parser.add_argument("deed", choices=["verify"])
        parser.add_argument("--expect", action="append", default=[], metavar="TRAIL:NUMBER:HASH")

    def handle(self, *given: Any, **named: Any) -> None:
        """Verify all trails; fails when anything is wrong with one."""
        expected = _ends(named["expect"])
        known = trail.trails() | set(expected)
        faulty = [one for one in sorted(known) if not self._is_whole(one, expected)]
        if faulty:
            raise CommandError(f"{len(faulty)} of {len(known)} trails are not whole.")

    def _is_whole(self, one: UUID, expected: Ends) -> bool:
        name = "house" if one == HOUSE_TRAIL else str(one)
        faults = trail.verify(one, expected.get(one))
        for fault in faults:
            self.stdout.write(f"{name} {fault.number}: {fault.what}")
        head = Head.objects.filter(trail=one).first()
        if head is not None and not faults:
            traces = "1 trace" if head.number == 1 else f"{head.number} traces"
            self.stdout.write(f"{name} {traces}, whole; its end: {one}:{head.number}:{bytes(head.hash).hex()}")
        return not faults


def _ends(written: list[str]) -> Ends:
    ends: Ends = {}
    for text in written:
        try:
            name, number, digest = text.split(":")
            ends[UUID(name)] = (int(number), bytes.fromhex(digest))
        except ValueError:
            raise CommandError("An end is written TRAIL:NUMBER:HASH, as this command prints it.") from None
    return ends

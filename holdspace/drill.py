"""The drill: a backup brought back beside the house, every key, word and trail in it opened, and put away again."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .restore import NotRestored, bring_up_to_date, draft_of, lived_in
from .vault import trail
from .vault.keys import broken_keys
from .vault.models import Key
from .vault.reading import read_through


@dataclass(frozen=True)
class Found:
    """What a backup holds, and what of it would not open."""

    keys: int
    words: int
    trails: int
    faults: list[str]

    def __str__(self) -> str:
        return f"{self.keys:,} keys and {self.words:,} sealed fields open, {self.trails:,} trails are whole"


def drill(path: Path, passphrase: str | None) -> Found:
    """Bring a backup back into a file that goes again, and look through it. Raises NotRestored."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "holdspace.sqlite":
        raise NotRestored("On PostgreSQL use pg_restore into an empty database, and then: holdspace replay")
    with draft_of(path, Path(database["NAME"]).with_name(".drill.part"), passphrase) as draft, lived_in(draft):
        bring_up_to_date()
        found = look_through()
    if not found.faults:
        (settings.HOME / "last-drill").touch()  # for the checkup
    return found


def look_through() -> Found:
    """The database at hand: every key, every sealed field, every trail."""
    words, broken = read_through()
    known = trail.trails()
    torn = [f"A trail is not whole: {fault.what}." for one in sorted(known) for fault in trail.verify(one)]
    return Found(Key.objects.filter(destroyed_at=None).count(), words, len(known), [*broken_keys(), *broken, *torn])

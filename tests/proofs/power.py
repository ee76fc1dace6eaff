"""A disk whose power goes: what was synced stays; of what was not, any part may be there, torn at any sector.

What is simulated, and no more: each write or truncation that the process made and did not sync by the time of the cut
is there whole, missing, or there in some of its sectors of 512 bytes, each by itself; the folder's own changes
are there up to some moment since it was last synced. Not simulated: disks that say "synced" when they have not,
sectors that turn to rubbish, neighbours harmed by a torn write, and damage to the file system itself.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from .tracing import Event

SECTOR = 512
WAYS = ("nothing", "all", "some", "torn")


@dataclass(eq=False)
class File:
    """What of one file is surely on the disk, and what was done to it since."""

    kept: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, Event]] = field(default_factory=list)

    def sync(self, began: int) -> None:
        """All that had ended when the sync began is on the disk."""
        for number, event in self.waiting:
            if number < began:
                apply(self.kept, event)
        self.waiting = [one for one in self.waiting if one[0] >= began]

    def after_cut(self, way: str, chance: random.Random) -> bytes:
        """What is read after the cut."""
        found = bytearray(self.kept)
        for _, event in self.waiting:
            if way == "all" or (way in ("some", "torn") and chance.random() < 0.5):
                for part in torn(event, chance) if way == "torn" else [event]:
                    apply(found, part)
        return bytes(found)


@dataclass
class Disk:
    """A folder of files: the names now, the names that are surely on the disk, and what changed since."""

    folder: str
    names: dict[str, File] = field(default_factory=dict)
    kept: dict[str, File] = field(default_factory=dict)
    waiting: list[dict[str, File]] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        """A folder as it is, all of it on the disk."""
        names = {str(path): File(bytearray(path.read_bytes())) for path in folder.iterdir() if path.is_file()}
        return cls(str(folder), names, dict(names))

    def do(self, number: int, event: Event) -> None:
        """One event of the process."""
        if event.call in ("fsync", "fdatasync") and event.path == self.folder:
            self.kept, self.waiting = dict(self.names), []
        elif event.call == "openat" and event.new and self._is_mine(event.path) and event.path not in self.names:
            self._rename({event.path: File()})
        elif event.path not in self.names:
            return
        elif event.call == "unlink":
            self._rename({}, without=event.path)
        elif event.call == "rename":
            self._rename({event.to: self.names[event.path]}, without=event.path)
        elif event.call in ("fsync", "fdatasync"):
            self.names[event.path].sync(event.began)
        elif event.call in ("pwrite64", "ftruncate"):
            self.names[event.path].waiting.append((number, event))
        elif event.call == "write":
            raise ValueError(f"a plain write to {event.path}: where it lands is not known")

    def _is_mine(self, path: str) -> bool:
        return path.rpartition("/")[0] == self.folder

    def _rename(self, new: dict[str, File], without: str = "") -> None:
        self.names = {name: file for name, file in self.names.items() if name != without} | new
        self.waiting.append(self.names)

    def after_cut(self, chance: random.Random) -> Iterator[tuple[str, bytes]]:
        """Names and contents after a cut now."""
        names = chance.choice([self.kept, *self.waiting])
        way = chance.choice(WAYS)
        for name, file in names.items():
            yield name.rpartition("/")[2], file.after_cut(way, chance)


def apply(found: bytearray, event: Event) -> None:
    """Do one write or truncation."""
    if event.call == "ftruncate":
        del found[event.at :]
        found.extend(bytes(event.at - len(found)))
        return
    found.extend(bytes(max(0, event.at - len(found))))
    found[event.at : event.at + len(event.content)] = event.content


def torn(event: Event, chance: random.Random) -> Iterator[Event]:
    """Some sectors of a write; a truncation is whole or not at all."""
    if event.call == "ftruncate":
        yield event
        return
    start, end = event.at, event.at + len(event.content)
    cuts = [start, *range(start - start % SECTOR + SECTOR, end, SECTOR), end]
    for first, last in pairwise(cuts):
        if chance.random() < 0.5:
            yield Event(event.call, event.path, event.began, event.content[first - start : last - start], first)

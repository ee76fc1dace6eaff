"""Places: files, folders and standard input named on a command line, as the files to hear."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from .readers import MAX_BYTES, read
from .values import Transcript, TranscriptError

STDIN = "-"


def walked(names: Sequence[str]) -> Iterator[str]:
    """Every file behind the names: a folder gives its files, sorted, its own folders too, hidden ones left out.

    A name that is no folder is given back as it stands, there or not, so that whoever reads it can say what is wrong.
    Links to folders are not followed. A file is given once, however often it was named.
    """
    seen: set[str] = set()
    for name in names:
        for found in _files(Path(name)) if name != STDIN and Path(name).is_dir() else (name,):
            if found not in seen:
                seen.add(found)
                yield found


def _files(folder: Path) -> Iterator[str]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            place = Path(here, name)
            if not name.startswith(".") and place.is_file():
                yield str(place)


def read_place(name: str) -> Transcript:
    """The transcript in a file, a pipe or, for "-", standard input.

    Raises TranscriptError with the reason, also where there is no such file or it may not be opened.
    """
    try:
        if name == STDIN:
            return read(sys.stdin.buffer.read(MAX_BYTES + 1), name="standard input")
        return read(name)
    except OSError as error:
        raise TranscriptError(f"{error.strerror or 'cannot be read'}.") from error

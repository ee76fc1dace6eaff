"""Pages on disk: one page for one file, a folder with an index for several, each written whole or not at all."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .page import index_page, page
from .values import Heard

INDEX = "index.html"


class Pages:
    """Where the pages of one command go: `out` itself for one file, the folder `out` for `several`."""

    def __init__(self, out: Path, several: bool) -> None:
        self.out = out
        self.folder = several or out.is_dir()
        self.several = several
        self.written: list[tuple[str, str, Heard]] = []

    def trouble(self, files: Sequence[str]) -> str | None:
        """What speaks against writing there, as a sentence; None where nothing does."""
        if self.several and self.out.exists() and not self.out.is_dir():
            return f"{self.out} is a file; several transcripts need a folder to put their pages in."
        if not self.folder and not self.out.absolute().parent.is_dir():
            return f"there is no folder {self.out.absolute().parent} to put the page in."
        if any(_same(self.out, name) for name in files):
            return f"{self.out} is one of the transcripts; the page would take its place."
        return None

    def add(self, name: str, heard: Heard) -> None:
        """Write the page of one file. Raises OSError where that cannot be done."""
        if self.folder:
            self.out.mkdir(parents=True, exist_ok=True)
        place = self.out / self._page_name(name) if self.folder else self.out
        write_whole(place, page(name, heard, back=INDEX if self.several else None))
        self.written.append((name, place.name, heard))

    def close(self) -> None:
        """Write the index of what was finished, where there are several."""
        if self.several and self.written:
            write_whole(self.out / INDEX, index_page([(name, href, heard) for name, href, heard in self.written]))

    def _page_name(self, name: str) -> str:
        """The file's own name with .html, numbered where two files share it."""
        taken = {INDEX, *(href for _, href, _ in self.written)}
        stem = Path(name).name if name != "-" else "standard-input"
        wanted, number = f"{stem}.html", 2
        while wanted.casefold() in {one.casefold() for one in taken}:
            wanted, number = f"{stem}-{number}.html", number + 1
        return wanted


def _same(out: Path, name: str) -> bool:
    return name != "-" and out.exists() and Path(name).exists() and out.samefile(name)


def write_whole(place: Path, text: str) -> None:
    """Write a text beside its place, then put it there in one move: a reader sees the old page or the new one."""
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask()
    number, beside = tempfile.mkstemp(dir=place.absolute().parent, prefix=f".{place.name[:100]}.", suffix=".part")
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
        os.chmod(beside, mode)
        os.replace(beside, place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    usual = os.umask(0o077)
    os.umask(usual)
    return usual

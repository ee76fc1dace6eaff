"""`holdspace listen`: hear transcripts in files and folders from a terminal, with no web and no database."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .hearing import listen
from .interrupting import whole
from .pages import Pages
from .places import STDIN, read_place, walked
from .report import report
from .values import Heard, TranscriptError

if TYPE_CHECKING:
    from .coder import Engine

DONE, SOME_FAILED, STOPPED, PIPE_CLOSED = 0, 1, 130, 141
USAGE_WRONG = 2

ABOUT = """\
Hears coaching conversations: who spoke when, what each turn does, measures with their ranges, and promises and
concerns that wait for a person. FILE is a transcript (WebVTT, SRT, DOCX, text or JSON), a folder, or - for standard
input. Nothing leaves this machine and nothing is kept.
"""
EXITS = """\
Exit code 0: all heard. 1: at least one file could not be read; it is named on standard error and skipped.
2: the command line is wrong. 130: stopped with Ctrl-C; what was finished is whole.
"""
Say = Callable[[str, Heard], None]


@dataclass(frozen=True, slots=True)
class How:
    """What the command line says of all files: who the coach and the client are, the engine, the day."""

    coach: str | None
    client: str | None
    engine: "Engine"
    on: date | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `holdspace listen` with these arguments; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        wanted = _parser().parse_args(arguments)
    except SystemExit as stop:
        return USAGE_WRONG if stop.code else DONE
    try:
        return _run(wanted)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="holdspace listen", description=ABOUT, epilog=EXITS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a transcript, a folder of them, or - for standard input"
    )
    parser.add_argument("--coach", metavar="NAME", help="who the coach is; without it the coach is guessed")
    parser.add_argument("--client", metavar="NAME", help="who the client is, where more than two speak")
    parser.add_argument(
        "--engine",
        choices=("careful", "quick"),
        default="careful",
        help="careful (the default), or quick and a little worse",
    )
    parser.add_argument("--date", type=_day, metavar="DAY", help="the day of the session, such as 2026-03-10")
    parser.add_argument("--zone", type=_zone, metavar="ZONE", help="where it was, such as Europe/Oslo: whose day it is")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--text", action="store_true", help="a readable report (what you get without any option)")
    shape.add_argument("--json", action="store_true", help="one JSON object for each file, one to a line")
    parser.add_argument(
        "--html", metavar="OUT", help="one printable page; for several files OUT is a folder of pages with an index"
    )
    return parser


def _day(said: str) -> datetime:
    """A day, or a moment of it."""
    return datetime.fromisoformat(said)


def _zone(said: str) -> ZoneInfo:
    try:
        return ZoneInfo(said)
    except (ZoneInfoNotFoundError, ValueError):
        raise argparse.ArgumentTypeError(f"there is no time zone {said}") from None


def _on(wanted: argparse.Namespace) -> date | None:
    """The day of the session where it was: a moment with its offset is told by the clocks of the zone."""
    moment: datetime | None = wanted.date
    if moment is None:
        return None
    return (moment.astimezone(wanted.zone) if moment.tzinfo and wanted.zone else moment).date()


def _run(wanted: argparse.Namespace) -> int:
    files = list(walked(wanted.files))
    several = len(files) > 1 or any(name != STDIN and Path(name).is_dir() for name in wanted.files)
    says: list[Say] = []
    pages = None
    if wanted.html is not None:
        pages = Pages(Path(wanted.html), several)
        trouble = pages.trouble(files)
        if trouble:
            print(f"holdspace listen: {trouble}", file=sys.stderr)
            return USAGE_WRONG
        says.append(pages.add)
    if wanted.json:
        says.append(_say_json)
    elif wanted.text or pages is None:
        says.append(_reporter(sys.stdout))
    try:
        code = _hear_all(files, How(wanted.coach, wanted.client, wanted.engine, _on(wanted)), says)
    except KeyboardInterrupt:
        print("\nStopped; what was finished is whole.", file=sys.stderr)
        code = STOPPED
    return code if _closed(pages) else SOME_FAILED


def _closed(pages: Pages | None) -> bool:
    """Write the index of the pages, if there is one to write; False, and one sentence, where that cannot be done."""
    try:
        if pages is not None:
            pages.close()
    except OSError as error:
        print(f"holdspace listen: the index cannot be written: {error.strerror}.", file=sys.stderr)
        return False
    return True


def _hear_all(files: Sequence[str], how: How, says: Sequence[Say]) -> int:
    if not files:
        print("holdspace listen: there are no files in that folder.", file=sys.stderr)
        return SOME_FAILED
    failed = False
    for place, name in enumerate(files, 1):
        if len(files) > 1:
            print(f"{place} of {len(files)} {name}", file=sys.stderr, flush=True)
        failed = not _hear(name, how, says) or failed
    return SOME_FAILED if failed else DONE


def _hear(name: str, how: How, says: Sequence[Say]) -> bool:
    """Hear one file and say it everywhere; False, and one sentence on standard error, where it cannot be read."""
    try:
        heard = listen(read_place(name), how.coach, how.client, engine=how.engine, on=how.on)
    except TranscriptError as error:
        print(f"{name}: {error}", file=sys.stderr, flush=True)
        return False
    for say in says:
        try:
            with whole():
                say(name, heard)
        except BrokenPipeError:
            raise
        except OSError as error:
            print(f"{name}: what was heard cannot be written: {error.strerror}.", file=sys.stderr, flush=True)
            return False
    return True


def _say_json(name: str, heard: Heard) -> None:
    sys.stdout.write(json.dumps({"file": name, **heard.to_dict()}, ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()


def _reporter(out: TextIO) -> Say:
    bright = out.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    first = True

    def say(name: str, heard: Heard) -> None:
        nonlocal first
        out.write(("" if first else "\n\n") + report(name, heard, bright=bright))
        out.flush()
        first = False

    return say

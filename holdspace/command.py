"""The command line of the house: `holdspace listen`, what the roof does, and everything Django offers."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

USAGE = """\
holdspace listen FILE...        hear conversations in files and folders; needs no database (--help says more)
holdspace listening COMMAND     train the coder, measure it, and print what it says of itself (--help says more)
holdspace prepare [--sample]    bring the database and static files up to date, and say how to come in
holdspace serve [--prepare]     web server and worker, until Ctrl-C; preparing first when asked
holdspace work [--once]         a worker alone; run as many as you like
holdspace receive               take in answers by mail from this machine's mail server (HOLDSPACE_RECEIVE)
holdspace backup --to FOLDER    a dated copy of the database, locked with a passphrase, while the house runs (--plain)
holdspace restore FILE          bring a backup back into an empty house, and erase again what was erased since
holdspace drill FILE            try whether a backup would come back: every key and word in it opened, nothing changed
holdspace replay                erase again what the ledger of erasures knows of (after pg_restore)
holdspace export --practice NAME --to FILE   a whole practice in one locked file, to move it to another house
holdspace import FILE           bring a practice in from such a file
holdspace keys check            whether the house key is the right one and every key opens
holdspace keys rotate           change the house key while the house runs; after a crash, run it again
holdspace checkup               how the house is: keys, backups, letters, worker, disk
holdspace audit                 the parts that are installed, against the list of known holes that comes along
holdspace sweep                 what tonight's sweep will delete because its time is over; changes nothing
holdspace holdings              what the house holds, whose it is and how long (prints docs/data.md)
holdspace sample                fill the house with the sample practice
holdspace help                  everything else (migrate, trail, shell, check ...)
"""


def main() -> int:
    """Run one command; returns the exit code."""
    name, *arguments = sys.argv[1:] or ["--help"]
    if name in ("-h", "--help"):
        print(USAGE, end="")
        return 0
    if name == "--version":
        from . import __version__

        print(f"holdspace {__version__}")
        return 0
    if name == "listen":
        from .listening.command import main as listen

        return listen(arguments)
    if name == "listening":
        return _trained(arguments)
    from environs import EnvError

    from .keys import KeyTrouble
    from .sqlite import OldSqlite

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.settings")
    try:
        return in_the_house(name, arguments)
    except (KeyTrouble, OldSqlite, EnvError) as trouble:
        print(f"Holdspace does not start: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _trained(arguments: list[str]) -> int:
    """Hand the line to the training tools, which come with the source."""
    try:
        from training.command import main as training
    except ImportError:
        print("The training tools come with the source of Holdspace: run this in a copy of it.", file=sys.stderr)
        return 1
    try:
        return training(arguments)
    except ModuleNotFoundError as missing:
        print(f"This needs {missing.name}: pip install -e '.[training]'.", file=sys.stderr)
        return 1


def in_the_house(name: str, arguments: list[str]) -> int:
    """Run one of the roof's commands, or hand the line to Django."""
    if name not in ROOF and name not in ROOMS_OWN:
        return managed(name, arguments)
    import django
    from django.db import DatabaseError

    django.setup()
    from .crash import set_logging
    from .vault.keys import WrongHouseKey

    set_logging()
    try:
        return ROOF[name](arguments) if name in ROOF else managed(name, arguments)
    except WrongHouseKey as trouble:
        print(f"Holdspace does not start: {trouble}", file=sys.stderr)
    except DatabaseError as trouble:
        word = type(trouble).__name__
        print(f"The database cannot be used ({word}). Is it there, and did `holdspace prepare` run?", file=sys.stderr)
    return 1


ROOMS_OWN = {"trail", "letin"}
"""Commands of Django's kind that are the rooms' own: they too say in one sentence that the database is not there."""


def managed(name: str, arguments: list[str]) -> int:
    """Hand the line to Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["holdspace", name, *arguments])
    return 0


def prepare(arguments: list[str]) -> int:
    """Tables, cache and static files; then the sample practice when asked for, and how to come in."""
    from django.conf import settings

    from . import serve as roof

    roof.prepare()
    if "--sample" in arguments:
        sample([])
    print(f"Holdspace: {settings.ADDRESS}/", flush=True)
    if first := roof.first_page():
        print(f"This house is empty. Begin here (the link works once, for a week): {first}", flush=True)
    return 0


def serve(arguments: list[str]) -> int:
    """Web server and worker, side by side."""
    from . import serve as roof

    try:
        roof.refuse_taken()
    except roof.AddressTaken as trouble:
        print(trouble, file=sys.stderr)
        return 1
    if "--prepare" in arguments or "--sample" in arguments:
        prepare(arguments)
    return roof.serve()


def work(arguments: list[str]) -> int:
    """A worker alone."""
    from .worker import work as keep_working

    keep_working(once="--once" in arguments)
    return 0


def receive(_arguments: list[str]) -> int:
    """The listener for answers by mail, alone."""
    from .receive import NotSet
    from .receive import receive as take_in

    try:
        take_in()
    except (NotSet, OSError) as trouble:
        print(f"No mail is taken in: {trouble}", file=sys.stderr)
        return 1
    return 0


def sample(_arguments: list[str]) -> int:
    """The sample practice, and how its people sign in."""
    from .sample.load import load

    print(load())
    return 0


def backup(arguments: list[str]) -> int:
    """A copy of the database in a folder."""
    from .backup import NoBackup, back_up
    from .strongbox import NoPassphrase, ask_passphrase

    plain = "--plain" in arguments
    said = [word for word in arguments if word != "--plain"]
    if len(said) != 2 or said[0] != "--to":
        print("usage: holdspace backup --to FOLDER [--plain]", file=sys.stderr)
        return 2
    try:
        print(back_up(Path(said[1]), None if plain else ask_passphrase(twice=True)))
    except (NoBackup, NoPassphrase) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


def restore(arguments: list[str]) -> int:
    """A backup brought back."""
    from .privacy.ledger import BadLedger
    from .restore import NotRestored, is_locked
    from .restore import restore as bring_back
    from .strongbox import NoPassphrase, ask_passphrase

    if len(arguments) != 1:
        print("usage: holdspace restore FILE", file=sys.stderr)
        return 2
    path = Path(arguments[0])
    try:
        gone = bring_back(path, ask_passphrase(twice=False) if is_locked(path) else None)
    except (NotRestored, NoPassphrase, BadLedger) as trouble:
        print(f"{trouble} Nothing was changed.", file=sys.stderr)
        return 1
    print(f"{path.name} is back. Of what was erased since, {sum(gone.values())} rows were erased again.")
    print("Whatever else happened after it was taken is missing.")
    return 0


def drill(arguments: list[str]) -> int:
    """A backup tried."""
    from .drill import drill as try_out
    from .privacy.ledger import BadLedger
    from .restore import NotRestored, is_locked
    from .strongbox import NoPassphrase, ask_passphrase

    if len(arguments) != 1:
        print("usage: holdspace drill FILE", file=sys.stderr)
        return 2
    path = Path(arguments[0])
    try:
        found = try_out(path, ask_passphrase(twice=False) if is_locked(path) else None)
    except (NotRestored, NoPassphrase, BadLedger) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print("\n".join(found.faults) or f"{path.name} would come back: {found}. Nothing was changed.")
    return 1 if found.faults else 0


def replay(_arguments: list[str]) -> int:
    """What was erased is erased again."""
    from .privacy.ledger import BadLedger
    from .privacy.replay import replay as erase_again

    try:
        print(f"{sum(erase_again().values())} rows were erased again.")
    except BadLedger as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


def export(arguments: list[str]) -> int:
    """A whole practice in one locked file."""
    from .moving import NotMoved, move_out
    from .strongbox import NoPassphrase, ask_passphrase

    if len(arguments) != 4 or arguments[::2] != ["--practice", "--to"]:
        print("usage: holdspace export --practice NAME --to FILE", file=sys.stderr)
        return 2
    try:
        print(move_out(arguments[1], Path(arguments[3]), ask_passphrase(twice=True)))
    except (NotMoved, NoPassphrase) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


def bring(arguments: list[str]) -> int:
    """A practice brought in from a locked file."""
    from .moving import NotMoved, move_in
    from .privacy.bring import NotAnArchive
    from .strongbox import NoPassphrase, WontOpen, ask_passphrase

    if len(arguments) != 1:
        print("usage: holdspace import FILE", file=sys.stderr)
        return 2
    try:
        print(f"“{move_in(Path(arguments[0]), ask_passphrase(twice=False))}” is here now.")
    except (NotMoved, NotAnArchive, NoPassphrase, WontOpen) as trouble:
        print(f"{trouble} Nothing was changed.", file=sys.stderr)
        return 1
    return 0


def keys(arguments: list[str]) -> int:
    """The house key looked at, or changed."""
    from .rotate import check, rotate

    if arguments not in (["check"], ["rotate"]):
        print("usage: holdspace keys check | rotate", file=sys.stderr)
        return 2
    if arguments == ["rotate"]:
        moved, before = rotate()
        print(f"The house has a new key; {moved} keys hang from it now. Running processes go on without a restart.")
        print(f"The one until now lies in {before}. Older backups need it: delete it with the last of them.")
    faults = check()
    print("\n".join(faults) or "The house key is the right one, and every key opens.")
    return 1 if faults else 0


def look_around(_arguments: list[str]) -> int:
    """How the house is, in sentences."""
    from .desk.checkup import checkup

    findings = checkup()
    print("\n".join(f"{'  ' if one.well else '! '}{one.says}" for one in findings))
    return 0 if all(one.well for one in findings) else 1


def audit(_arguments: list[str]) -> int:
    """The parts and their known holes."""
    from . import parts

    beside, many = parts.installed(), len(list(parts.advisories()))
    found = parts.holes(beside)
    print("\n".join(f"  {name} {version}" for name, version in beside.items()))
    print("\n".join(f"! {line}" for line in found) or "None of them is older than a fix on the list.")
    print(f"The list knows {many} holes, last read {parts.last_read()}; nobody outside was asked.")
    return 1 if found else 0


def sweep(_arguments: list[str]) -> int:
    """What the next sweep will take."""
    from .privacy.expire import preview

    for holding, many in preview():
        print(f"{many:7}  {holding.title} (kept {holding.kept})")
    return 0


def holdings(arguments: list[str]) -> int:
    """What the house holds, as a page; or the schema of its archives."""
    from .privacy.papers import data_page
    from .privacy.schema import schema_page

    print(schema_page() if "--schema" in arguments else data_page(), end="")
    return 0


ROOF: dict[str, Callable[[list[str]], int]] = {
    "prepare": prepare,
    "serve": serve,
    "work": work,
    "receive": receive,
    "audit": audit,
    "backup": backup,
    "export": export,
    "holdings": holdings,
    "import": bring,
    "checkup": look_around,
    "drill": drill,
    "keys": keys,
    "replay": replay,
    "restore": restore,
    "sample": sample,
    "sweep": sweep,
}

if __name__ == "__main__":
    sys.exit(main())

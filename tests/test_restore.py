"""The drill: a house is copied, people leave, the disk burns; the copy comes back, and who left stays gone."""

import hashlib
import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .house import House

pytestmark = pytest.mark.slow
PASSPHRASE = "a kettle, a coat and a window"
LEAVE = """
from holdspace.engagements.models import Engagement
from holdspace.people.models import User
from holdspace.privacy.erase import erase_engagement, erase_person
live = Engagement.objects.access_system("in a test")
first, second = live.exclude(client__email=None).order_by("pk")[:2]
print(first.client.email)
erase_person(first.client, by=first.client)
erase_engagement(second, by=second.client)
print(second.pk)
"""
LOOK = """
from holdspace.conversations.models import Transcript
every = Transcript.objects.access_system("in a test")
"""
WITHDRAW = f"""{LOOK}
from holdspace.conversations.consent import withdraw
session = every.select_related("session__engagement__client").order_by("pk").first().session
assert withdraw(session, by=session.engagement.client)
print(session.pk)
"""
READ = """
from holdspace.conversations.models import Transcript
from holdspace.engagements.models import Engagement
every = Transcript.objects.access_system("in a test").select_related("session__engagement__key__parent")
print(sum(len(one.words["turns"]) for one in every))
print(Engagement.objects.access_system("in a test").count())
"""

NAME = """
from holdspace.people.models import Practice
print(Practice.objects.access_system("in a test").get().name)
"""


def furnished(home: Path, folder: Path) -> House:
    """A house whose passphrase lies in a file."""
    house = House(home)
    word = folder / "passphrase"
    word.write_text(PASSPHRASE)
    house.around["HOLDSPACE_PASSPHRASE_FILE"] = str(word)
    return house


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Path]:
    """A house with the sample practice, and a locked copy of it."""
    folder = tmp_path_factory.mktemp("drill")
    house = furnished(folder / "old", folder)
    done = house.run("prepare", "--sample")
    assert done.returncode == 0, done.stderr
    done = house.run("backup", "--to", str(folder / "copies"))
    assert done.returncode == 0, done.stderr
    return house, Path(done.stdout.strip())


def beside(old: House, home: Path, *, keys: bool = True, ledger: Path | None = None) -> House:
    """An empty house, with the old one's keys."""
    new = furnished(home, home.parent)
    if keys:
        new.around["HOLDSPACE_KEYS"] = str(old.home / "keys")
    if ledger:
        new.around["HOLDSPACE_LEDGER"] = str(ledger)
    return new


def rows(database: Path) -> dict[str, str]:
    """A digest of every table."""
    with closing(sqlite3.connect(database)) as opened:
        tables = [
            name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {name: digest(opened.execute(f'SELECT * FROM "{name}"').fetchall()) for name in tables}


def digest(found: list[object]) -> str:
    return hashlib.sha256(repr(sorted(map(repr, found))).encode()).hexdigest()


def said(house: House, code: str) -> list[str]:
    done = house.run("shell", "-v", "0", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_copy_comes_back_row_by_row(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, copy = lived_in
    new = beside(old, tmp_path / "new")
    done = new.run("restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert rows(new.database) == rows(old.database)
    assert said(new, READ) == said(old, READ)
    assert new.run("trail", "verify").returncode == 0
    assert not [path.name for path in new.database.parent.iterdir() if ".part" in path.name]
    assert new.database.stat().st_mode & 0o777 == 0o600


def test_who_left_since_stays_gone(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, copy = lived_in
    leaving = beside(old, tmp_path / "leaving")
    assert leaving.run("restore", str(copy)).returncode == 0
    before = leaving.database.read_bytes()
    address, engagement = said(leaving, LEAVE)
    assert address.encode() in before
    ledger = leaving.home / "erased.ledger"
    assert engagement in ledger.read_text()
    new = beside(old, tmp_path / "new", ledger=ledger)
    done = new.run("restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert "were erased again" in done.stdout
    files = [path for path in new.database.parent.iterdir() if path.is_file()]
    whole = b"".join(path.read_bytes() for path in files)
    assert address.encode() not in whole
    assert said(new, READ)[1] == said(leaving, READ)[1] != said(old, READ)[1]
    assert new.run("trail", "verify").returncode == 0


def test_a_yes_taken_back_since_stays_taken_back(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, copy = lived_in
    changing = beside(old, tmp_path / "changing")
    assert changing.run("restore", str(copy)).returncode == 0
    (session,) = said(changing, WITHDRAW)
    assert changing.run("work", "--once").returncode == 0
    new = beside(old, tmp_path / "new", ledger=changing.home / "erased.ledger")
    assert new.run("restore", str(copy)).returncode == 0
    assert said(new, READ) == said(changing, READ)
    assert int(said(new, READ)[0]) < int(said(old, READ)[0])
    assert said(new, f"{LOOK}\nprint(every.filter(session='{session}').count())") == ["0"]


def test_a_drill_opens_everything_and_changes_nothing(lived_in: tuple[House, Path]) -> None:
    old, copy = lived_in
    before = rows(old.database)
    done = old.run("drill", str(copy))
    assert done.returncode == 0, done.stderr
    assert re.search(r"would come back: \d+ keys and [1-9][\d,]+ sealed fields open, [1-9]\d* trails", done.stdout)
    assert rows(old.database) == before
    assert (old.home / "last-drill").exists()
    assert not [path.name for path in old.database.parent.iterdir() if "drill" in path.name]


def test_a_drill_tells_what_does_not_open(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, _ = lived_in
    trying = beside(old, tmp_path / "trying")
    copy = Path(old.run("backup", "--to", str(tmp_path), "--plain").stdout.strip())
    with closing(sqlite3.connect(copy)) as opened:
        opened.execute("UPDATE conversations_note SET text = x'00' WHERE id = (SELECT id FROM conversations_note)")
        for (guard,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f'DROP TRIGGER "{guard}"')
        opened.execute("UPDATE vault_trace SET verb = 'wrote nothing' WHERE number = 2")
        opened.commit()
    done = trying.run("drill", str(copy))
    assert done.returncode == 1
    assert re.search(r"^text of conversations\.note \S+ does not open\.$", done.stdout, re.MULTILINE)
    assert "trail is not whole" in done.stdout
    assert not (trying.home / "last-drill").exists()
    (tmp_path / "cut.sqlite3").write_bytes(copy.read_bytes()[:9_000])
    done = trying.run("drill", str(tmp_path / "cut.sqlite3"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr


def test_nobody_reads_a_copy_without_its_passphrase(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, copy = lived_in
    assert copy.suffix == ".holdspace"
    assert copy.stat().st_mode & 0o777 == 0o600
    locked = copy.read_bytes()
    assert b"SQLite format" not in locked
    assert b"engagements_engagement" not in locked
    new = beside(old, tmp_path / "new")
    (tmp_path / "passphrase").write_text("another kettle altogether")
    done = new.run("restore", str(copy))
    assert done.returncode == 1
    assert "another passphrase" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert not new.database.exists()


def test_a_damaged_copy_changes_nothing(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, copy = lived_in
    whole = copy.read_bytes()
    (tmp_path / "cut.holdspace").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "plain.sqlite3").write_bytes(b"SQLite format 3\0" + os.urandom(8_192))
    new = beside(old, tmp_path / "new")
    for name in ("cut.holdspace", "plain.sqlite3", "nothing.holdspace"):
        done = new.run("restore", str(tmp_path / name))
        assert done.returncode == 1, name
        assert done.stderr.count("\n") == 1, done.stderr
    assert not new.database.exists()
    assert list(new.home.rglob(".restore*")) == []


def test_the_wrong_keys_are_noticed_before_anything_changes(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, copy = lived_in
    new = beside(old, tmp_path / "new", keys=False)
    done = new.run("restore", str(copy))
    assert done.returncode == 1
    assert "house.key" in done.stderr
    assert not new.database.exists()


def test_a_house_with_people_in_it_is_left_alone(lived_in: tuple[House, Path]) -> None:
    old, copy = lived_in
    before = rows(old.database)
    done = old.run("restore", str(copy))
    assert done.returncode == 1
    assert "lives in this house" in done.stderr
    assert rows(old.database) == before


def test_a_prepared_but_empty_house_takes_it(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, copy = lived_in
    new = beside(old, tmp_path / "new")
    assert new.run("prepare").returncode == 0
    assert new.run("restore", str(copy)).returncode == 0
    assert said(new, READ) == said(old, READ)


def test_a_ledger_that_cannot_be_read_stops_it(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, copy = lived_in
    (tmp_path / "ledger").write_text("rubbish\n")
    new = beside(old, tmp_path / "new", ledger=tmp_path / "ledger")
    done = new.run("restore", str(copy))
    assert done.returncode == 1
    assert "Line 1" in done.stderr
    assert not new.database.exists()


def test_without_a_passphrase_nothing_is_written(lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, _ = lived_in
    bare = House(old.home)
    done = bare.run("backup", "--to", str(tmp_path / "copies"))
    assert done.returncode == 1
    assert "HOLDSPACE_PASSPHRASE_FILE" in done.stderr
    assert not (tmp_path / "copies").exists()


def test_a_practice_moves_to_another_house(prepared: Path, lived_in: tuple[House, Path], tmp_path: Path) -> None:
    old, _ = lived_in
    name = said(
        old, "from holdspace.people.models import Practice as P; print(P.objects.access_system('a test').get())"
    )
    box, again = tmp_path / "practice.holdspace", tmp_path / "again.holdspace"
    done = old.run("export", "--practice", " ".join(name), "--to", str(box))
    assert done.returncode == 0, done.stderr
    assert old.run("export", "--practice", "Nobody", "--to", str(again)).returncode == 1
    new = furnished(shutil.copytree(prepared, tmp_path / "new"), tmp_path)
    done = new.run("import", str(box))
    assert done.returncode == 0, done.stderr
    assert said(new, READ) == said(old, READ)
    assert new.run("trail", "verify").returncode == 0
    shutil.copy(old.home / "keys" / "house.key", tmp_path / "old.key")
    assert (new.home / "keys" / "house.key").read_bytes() != (tmp_path / "old.key").read_bytes(), "under its own keys"
    assert new.run("import", str(tmp_path / "passphrase")).returncode == 1

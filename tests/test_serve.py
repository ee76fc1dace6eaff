"""A house of its own process: made ready, served, stopped, copied; and every reason not to start in one line."""

import os
import signal
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from .house import House, free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "house")


@pytest.fixture(scope="module")
def ready(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house made ready, for tests that change nothing in it."""
    return House.like(prepared, tmp_path_factory.mktemp("ready") / "house")


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_server_and_worker_start_together_and_stop_together(ready: House, word: signal.Signals) -> None:
    process = ready.start("serve", "--prepare")
    assert ready.wait(answering=True)
    taken = ready.run("serve")
    assert taken.returncode == 1
    assert taken.stderr.count("\n") == 1
    assert f"cannot listen at 127.0.0.1:{ready.port}" in taken.stderr
    os.killpg(process.pid, word)  # as a terminal sends Ctrl-C: to everybody in the group
    out, err = process.communicate(timeout=40)
    assert process.returncode == 0, err
    assert f"http://127.0.0.1:{ready.port}/k/begin/" in out
    assert "Traceback" not in err
    assert ready.wait(answering=False, seconds=5)


def test_the_listener_for_mail_starts_and_stops_with_the_house(ready: House) -> None:
    door, own = free_port(), ready.around
    try:
        ready.around = own | {"HOLDSPACE_RECEIVE": f"smtp://127.0.0.1:{door}", "HOLDSPACE_REPLY_DOMAIN": "in.example"}
        process = ready.start("serve")
        assert ready.wait(answering=True)
        assert greets(door)
        process.terminate()
        _, err = process.communicate(timeout=40)
    finally:
        ready.around = own
    assert process.returncode == 0, err
    assert not greets(door, seconds=0)


def test_no_listener_where_none_is_set(ready: House) -> None:
    with ready.start("serve") as process:
        assert ready.wait(answering=True)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        crew = [Path(f"/proc/{one}/cmdline").read_bytes() for one in children]
        process.terminate()
        process.communicate(timeout=40)
    assert len(crew) == 2
    assert not any(b"receive" in one for one in crew)


def greets(port: int, seconds: float = 20) -> bool:
    """Whether a mail server answers there."""
    end = time.monotonic() + seconds
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                return line.recv(4).startswith(b"220")
        except OSError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.2)


def test_killed_it_leaves_nobody_behind(ready: House) -> None:
    process = ready.start("serve")
    assert ready.wait(answering=True)
    process.kill()
    process.communicate(timeout=10)  # returns when the last of them has let go of the pipe
    assert ready.wait(answering=False, seconds=10)


def test_making_ready_twice_is_harmless_and_gathers_nothing_anew(ready: House) -> None:
    manifest = ready.home / "static" / "staticfiles.json"
    before = manifest.stat().st_mtime_ns
    assert ready.run("prepare").returncode == 0
    assert manifest.stat().st_mtime_ns == before


def test_keys_and_data_are_for_the_owner_alone(ready: House) -> None:
    assert ready.database.parent.stat().st_mode & 0o777 == 0o700
    keys = ready.home / "keys"
    assert keys.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in keys.iterdir()} == {
        "house.key": 0o600,
        "secret.key": 0o600,
    }


def test_a_copy_is_whole_and_for_the_owner_alone(ready: House, tmp_path: Path) -> None:
    done = ready.run("backup", "--plain", "--to", str(tmp_path / "copies"))
    assert done.returncode == 0, done.stderr
    copy = Path(done.stdout.strip())
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    with closing(sqlite3.connect(copy)) as opened, closing(sqlite3.connect(ready.database)) as original:
        ask = "SELECT count(*) FROM django_migrations"
        assert opened.execute(ask).fetchone() == original.execute(ask).fetchone() != (0,)


def test_no_copy_is_half_made(ready: House, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = ready.run("backup", "--plain", "--to", str(tmp_path / "file"))
    assert done.returncode == 1
    assert done.stderr.startswith("No copy was made")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_unprepared_house_says_so(house: House) -> None:
    done = house.run("serve")
    assert done.returncode == 1
    assert "holdspace prepare" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_key_does_not_open_the_house(ready: House) -> None:
    own = ready.around
    try:
        ready.around = own | {"HOLDSPACE_HOUSE_KEY": "A" * 43}
        done = ready.run("serve")
    finally:
        ready.around = own
    assert done.returncode == 1
    assert done.stderr.startswith("Holdspace does not start:")
    assert "A" * 43 not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("HOLDSPACE_HOUSE_KEY", "short"), ("HOLDSPACE_WEB_THREADS", "many"), ("HOLDSPACE_DEBUG", "perhaps")],
)
def test_a_setting_that_makes_no_sense_is_named(house: House, name: str, value: str) -> None:
    house.around[name] = value
    done = house.run("check")
    assert done.returncode == 1
    assert done.stderr.startswith("Holdspace does not start:")
    assert done.stderr.count("\n") == 1


def test_help_names_every_command() -> None:
    from holdspace.command import ROOF, USAGE

    for name in [*ROOF, "listen"]:
        assert f"holdspace {name}" in USAGE

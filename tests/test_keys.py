"""The two keys of a house: made once, outside the data, for its owner's eyes only."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from holdspace.keys import KeyTrouble, find_keys, read_house_key

from .plan import ROOT

KEY = bytes(range(32))
TEXT = base64.urlsafe_b64encode(KEY).decode()
SECRET = "s" * 50


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOLDSPACE_HOUSE_KEY", "HOLDSPACE_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_a_new_house_gets_keys_and_keeps_them(keys: Path, store: Path) -> None:
    house, secret = find_keys(keys, store=store)
    assert len(house) == 32
    assert len(secret) >= 50
    assert find_keys(keys, store=store) == (house, secret)


def test_two_houses_have_different_keys(tmp_path: Path, store: Path) -> None:
    one, other = (find_keys(tmp_path / name, store=store) for name in ("one", "other"))
    assert one[0] != other[0]
    assert one[1] != other[1]


def test_only_the_owner_reads_them(keys: Path, store: Path) -> None:
    find_keys(keys, store=store)
    assert keys.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in keys.iterdir()} == {
        "house.key": 0o600,
        "secret.key": 0o600,
    }


def test_keys_among_the_data_are_refused(store: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(store)
    for inside in (store, store / "keys", tmp_path / "keys" / ".." / "data" / "k", tmp_path / "link" / "keys"):
        with pytest.raises(KeyTrouble, match="inside the data folder"):
            find_keys(inside, store=store)
    assert list(store.iterdir()) == []


@pytest.mark.parametrize("name", ["house.key", "secret.key"])
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(keys: Path, store: Path, name: str, mode: int) -> None:
    find_keys(keys, store=store)
    (keys / name).chmod(mode)
    with pytest.raises(KeyTrouble, match="chmod 600"):
        find_keys(keys, store=store)


def test_a_folder_that_others_can_write_in_is_refused(keys: Path, store: Path) -> None:
    find_keys(keys, store=store)
    keys.chmod(0o777)
    with pytest.raises(KeyTrouble, match="chmod 700"):
        find_keys(keys, store=store)


@pytest.mark.parametrize("text", ["", "short", TEXT[:-8], TEXT + "AAAA", "!" * 44, "ü" * 44, TEXT.replace("A", "*")])
def test_a_misshapen_house_key_is_refused_and_not_shown(keys: Path, store: Path, text: str) -> None:
    find_keys(keys, store=store)
    (keys / "house.key").write_text(text)
    with pytest.raises(KeyTrouble) as refusal:
        find_keys(keys, store=store)
    assert not text or text not in str(refusal.value)


def test_padding_and_line_ends_do_not_matter() -> None:
    assert read_house_key(TEXT) == read_house_key(TEXT.rstrip("=")) == read_house_key(f" {TEXT}\r\n") == KEY


def test_keys_from_the_environment(keys: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDSPACE_HOUSE_KEY", TEXT)
    monkeypatch.setenv("HOLDSPACE_SECRET_KEY", SECRET)
    assert find_keys(keys, store=store) == (KEY, SECRET)
    assert not keys.exists()


def test_keys_from_named_files(keys: Path, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("HOUSE", TEXT), ("SECRET", SECRET)):
        (tmp_path / name).write_text(text + "\n")
        monkeypatch.setenv(f"HOLDSPACE_{name}_KEY_FILE", str(tmp_path / name))
    assert find_keys(keys, store=store) == (KEY, SECRET)


def test_a_named_file_that_is_not_there_is_refused(
    keys: Path, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDSPACE_HOUSE_KEY_FILE", str(tmp_path / "nothing"))
    with pytest.raises(KeyTrouble, match="cannot be read"):
        find_keys(keys, store=store)
    assert not keys.exists()


def test_a_named_file_among_the_data_is_refused(keys: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (store / "key").write_text(TEXT)
    monkeypatch.setenv("HOLDSPACE_HOUSE_KEY_FILE", str(store / "key"))
    with pytest.raises(KeyTrouble, match="inside the data folder"):
        find_keys(keys, store=store)


def test_two_answers_are_none(keys: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDSPACE_HOUSE_KEY", TEXT)
    monkeypatch.setenv("HOLDSPACE_HOUSE_KEY_FILE", "anywhere")
    with pytest.raises(KeyTrouble, match="keep one"):
        find_keys(keys, store=store)


def test_a_short_secret_is_refused(keys: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDSPACE_SECRET_KEY", "short")
    with pytest.raises(KeyTrouble, match="shorter than"):
        find_keys(keys, store=store)


def test_a_lost_house_key_is_not_replaced_in_silence(keys: Path, store: Path) -> None:
    find_keys(keys, store=store)
    (store / "house.sqlite3").write_bytes(b"a database")
    (keys / "house.key").unlink()
    with pytest.raises(KeyTrouble, match="put the house key back"):
        find_keys(keys, store=store)
    assert not (keys / "house.key").exists()


def test_two_processes_starting_at_once_agree(keys: Path, store: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from holdspace.keys import find_keys\n"
        "house, secret = find_keys(Path(sys.argv[1]), store=Path(sys.argv[2])); print(house.hex(), secret)"
    )
    command = [sys.executable, "-c", script, str(keys), str(store)]
    crew = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(6)]
    assert len({process.communicate(timeout=60)[0] for process in crew}) == 1
    assert sorted(file.name for file in keys.iterdir()) == ["house.key", "secret.key"]

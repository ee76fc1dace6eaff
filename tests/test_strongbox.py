"""A locked file opens with its passphrase, whole and unchanged, or not at all."""

import io
import os
from pathlib import Path

import pytest

from holdspace import strongbox
from holdspace.strongbox import MAGIC, PIECE, TAG, NoPassphrase, WontOpen, ask_passphrase, lock, unlock

PASSPHRASE = "a kettle, a coat and a window"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strongbox, "N", 10)


def locked(path: Path, plain: bytes, step: int = 70_000) -> Path:
    out = io.BytesIO()
    lock((plain[start : start + step] for start in range(0, len(plain), step)), out, PASSPHRASE)
    path.write_bytes(out.getvalue())
    return path


def opens(box: Path) -> bool:
    try:
        return bool(list(unlock(box, PASSPHRASE)))
    except WontOpen:
        return False


@pytest.mark.parametrize("step", [70_000, PIECE, PIECE + 1])
@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17])
def test_what_goes_in_comes_out(tmp_path: Path, size: int, step: int) -> None:
    plain = os.urandom(size)
    box = locked(tmp_path / "box", plain, step)
    assert b"".join(unlock(box, PASSPHRASE)) == plain
    assert plain[:64] not in box.read_bytes() or size < 8


def test_another_passphrase_does_not_open_it(tmp_path: Path) -> None:
    box = locked(tmp_path / "box", b"words")
    with pytest.raises(WontOpen, match="another passphrase"):
        list(unlock(box, PASSPHRASE + "."))


def test_any_change_is_seen(tmp_path: Path) -> None:
    whole = locked(tmp_path / "box", os.urandom(2 * PIECE + 5)).read_bytes()
    head, sealed = len(MAGIC) + 19, PIECE + TAG
    first, second = whole[head : head + sealed], whole[head + sealed : head + 2 * sealed]
    changed = {
        "a bit": whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:],
        "the salt": whole[: head - 1] + bytes([whole[head - 1] ^ 1]) + whole[head:],
        "the cost": whole[: len(MAGIC)] + bytes([11]) + whole[len(MAGIC) + 1 :],
        "an absurd cost": whole[: len(MAGIC)] + bytes([63]) + whole[len(MAGIC) + 1 :],
        "cut between pieces": whole[: head + 2 * sealed],
        "cut within": whole[:-1],
        "nothing but a head": whole[:head],
        "pieces swapped": whole[:head] + second + first + whole[head + 2 * sealed :],
        "something behind": whole + b"x",
        "another kind": b"PK" + whole,
        "empty": b"",
    }
    for what, written in changed.items():
        (tmp_path / "changed").write_bytes(written)
        assert not opens(tmp_path / "changed"), what


def test_the_passphrase_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "word").write_text(PASSPHRASE + "\n")
    monkeypatch.setenv(strongbox.FILE, str(tmp_path / "word"))
    assert ask_passphrase(twice=True) == PASSPHRASE
    (tmp_path / "word").write_text("short")
    with pytest.raises(NoPassphrase, match="12 characters"):
        ask_passphrase(twice=True)
    monkeypatch.setenv(strongbox.FILE, str(tmp_path / "nothing"))
    with pytest.raises(NoPassphrase, match="can't be read"):
        ask_passphrase(twice=True)


def test_without_anybody_to_ask_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(strongbox.FILE, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(NoPassphrase, match="Nobody is there"):
        ask_passphrase(twice=False)

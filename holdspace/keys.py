"""The two keys the house starts with: found in the environment or in a folder of their own, made on first run."""

import base64
import binascii
import os
import secrets
from collections.abc import Callable
from pathlib import Path

HOUSE_KEY_SIZE = 32
SHORTEST_SECRET = 32
NAMED = ("HOLDSPACE_HOUSE_KEY", "HOLDSPACE_HOUSE_KEY_FILE")
NEXT, BEFORE = "house.next.key", "house.before."


class KeyTrouble(RuntimeError):
    """A key is missing, misplaced, too open or misshapen; the house does not start."""


def find_keys(keys: Path, *, store: Path) -> tuple[bytes, str]:
    """The house key and the framework's secret key; files in `keys` are made when absent, outside `store`."""
    if keys.resolve().is_relative_to(store.resolve()):
        raise KeyTrouble(f"The keys folder {keys} lies inside the data folder: a backup would carry lock and key.")
    house = _from_environment("HOLDSPACE_HOUSE_KEY", store)
    if house is None:
        house = _from_file(keys / "house.key", _new_house_key, made_with=store / "house.sqlite3")
    secret = _from_environment("HOLDSPACE_SECRET_KEY", store)
    if secret is None:
        secret = _from_file(keys / "secret.key", _new_secret)
    return read_house_key(house), _checked_secret(secret)


def other_house_keys(keys: Path) -> list[bytes]:
    """House keys that lie beside the one in use: the next while it is being changed, and those used before.

    None where the environment gives the key: then that one is meant and no other.
    """
    if any(os.environ.get(name) for name in NAMED):
        return []
    texts = [_read(path) for path in (keys / "house.key", keys / NEXT, *sorted(keys.glob(f"{BEFORE}*.key")))]
    return [read_house_key(text) for text in texts if text is not None]


def next_house_key(keys: Path) -> bytes:
    """The key that will be next, made on the first call; a change that was cut short goes on with the same one."""
    for name in NAMED:
        if os.environ.get(name):
            raise KeyTrouble(f"{name} is set: put the key into {keys / 'house.key'} and unset it, then change it.")
    if _read(keys / "house.key") is None:
        raise KeyTrouble(f"There is no {keys / 'house.key'} to change.")
    return read_house_key(_from_file(keys / NEXT, _new_house_key))


def put_next_in_place(keys: Path) -> Path:
    """The next key becomes the house key; the one until now stays beside it, for backups taken before. Says where."""
    house, coming = keys / "house.key", keys / NEXT
    number = len(list(keys.glob(f"{BEFORE}*.key"))) + 1
    before = keys / f"{BEFORE}{number}.key"
    if _read(house) != _read(coming):
        before.hardlink_to(house)
        coming.replace(house)
        _sync(keys)
    return before


def _sync(folder_path: Path) -> None:
    folder = os.open(folder_path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_house_key(text: str) -> bytes:
    """The 32 bytes written as base64url; raises KeyTrouble, never showing what it read."""
    try:
        key = base64.b64decode(text.strip().rstrip("=") + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise KeyTrouble("The house key is not base64url text.") from None
    if len(key) != HOUSE_KEY_SIZE:
        raise KeyTrouble(f"The house key holds {len(key)} bytes instead of {HOUSE_KEY_SIZE}.")
    return key


def _checked_secret(text: str) -> str:
    secret = text.strip()
    if len(secret) < SHORTEST_SECRET:
        raise KeyTrouble(f"The secret key is shorter than {SHORTEST_SECRET} characters.")
    return secret


def _from_environment(name: str, store: Path) -> str | None:
    value, file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value and file:
        raise KeyTrouble(f"Both {name} and {name}_FILE are set; keep one.")
    if not file:
        return value or None
    if Path(file).resolve().is_relative_to(store.resolve()):
        raise KeyTrouble(f"{name}_FILE lies inside the data folder: a backup would carry lock and key.")
    try:
        return Path(file).read_text(encoding="ascii")
    except (OSError, ValueError):
        raise KeyTrouble(f"The file named by {name}_FILE cannot be read.") from None


def _from_file(path: Path, make: Callable[[], str], made_with: Path | None = None) -> str:
    known = _read(path)
    if known is not None:
        return known
    if made_with is not None and _filled(made_with):
        known = _read(path)  # another process may have made both since the first look
        if known is None:
            raise KeyTrouble(f"There is a database but no {path}: put the house key back; a new one opens nothing.")
        return known
    _make(path, make())
    made = _read(path)
    if made is None:
        raise KeyTrouble(f"The key file {path} vanished while it was made.")
    return made


def _read(path: Path) -> str | None:
    try:
        status = path.stat()
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise KeyTrouble(f"The key file {path} cannot be read.") from None
    if status.st_mode & 0o077:
        raise KeyTrouble(f"The key file {path} can be read by others; run: chmod 600 {path}")
    if path.parent.stat().st_mode & 0o022:
        raise KeyTrouble(f"Others can write in {path.parent}; run: chmod 700 {path.parent}")
    return text


def _make(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)  # whole or not at all, and never over a key another process has just made
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync(path.parent)


def _filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _new_house_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(HOUSE_KEY_SIZE)).decode("ascii")


def _new_secret() -> str:
    return secrets.token_urlsafe(50)

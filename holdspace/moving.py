"""Moving a practice to another house: its whole archive, locked with a passphrase, and the way in."""

import io
import json
import os
import zipfile
from pathlib import Path

from .people.models import Practice
from .privacy.archive import WholeArchive
from .privacy.bring import NotAnArchive, bring_in
from .privacy.pack import JSON_NAME, pack
from .strongbox import lock, unlock


class NotMoved(Exception):
    """The archive could not be written or read; nothing was left half done."""


def move_out(name: str, path: Path, passphrase: str) -> Path:
    """Write one practice, every word of it, into a locked file."""
    found = list(Practice.objects.access_system("the host moves a practice").filter(name=name))
    if len(found) != 1:
        known = Practice.objects.access_system("the host asks for names").order_by("name")
        names = ", ".join(f"“{one.name}”" for one in known) or "none"
        raise NotMoved(f"There is no single practice called “{name}”. There are: {names}.")
    draft = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            raise NotMoved(f"{path} exists already; choose another name.")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            lock(pack(WholeArchive(found[0])), out, passphrase)
            out.flush()
            os.fsync(out.fileno())
        return draft.rename(path)
    except OSError as trouble:
        raise NotMoved(f"{path} could not be written: {trouble.strerror}.") from trouble
    finally:
        draft.unlink(missing_ok=True)


def move_in(path: Path, passphrase: str) -> Practice:
    """Bring a practice in from a locked file. Raises WontOpen and NotAnArchive."""
    try:
        packed = io.BytesIO(b"".join(unlock(path, passphrase)))
        with zipfile.ZipFile(packed) as zipped:
            told = json.loads(zipped.read(JSON_NAME))
    except OSError as trouble:
        raise NotMoved(f"{path} could not be read: {trouble.strerror}.") from trouble
    except (zipfile.BadZipFile, KeyError, ValueError) as trouble:
        raise NotAnArchive(f"{path.name} holds no archive of a practice.") from trouble
    return bring_in(told)

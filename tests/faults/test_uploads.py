"""Uploads that go wrong on a real server: nothing half-kept, nothing plain on disk, bounded memory, a kind sentence."""

import fcntl
import io
import os
import socket
import struct
import termios
import time
import zipfile
from pathlib import Path

import pytest

from tests.cast import TALK

from .places import Stage, around_file, kill, most_memory

pytestmark = pytest.mark.slow

LINE = b"Ana: What would a first small step look like, canary-7d21?\n"
HALF = LINE * 60_000
"""More than three million bytes: enough for a framework to want a file for it."""


def plain_in(folder: Path) -> list[str]:
    """Files under a folder that hold the words."""
    return [str(path) for path in folder.rglob("*") if path.is_file() and b"canary-7d21" in path.read_bytes()]


@pytest.fixture
def served(stage: Stage, tmp_path: Path) -> Stage:
    """A web server whose temporary files can be looked at."""
    (tmp_path / "temporary").mkdir()
    stage.web(TMPDIR=str(tmp_path / "temporary"))
    return stage


def half_way(stage: Stage) -> socket.socket:
    """An upload of which the server has taken in the first half, and waits for the second."""
    line = stage.begin_upload(2 * len(HALF), around_file()[0] + HALF)
    stage.until(lambda: struct.unpack("i", fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, bytes(4)))[0] == 0)
    time.sleep(0.5)
    return line


def test_a_server_killed_in_the_middle_leaves_nothing(served: Stage, tmp_path: Path) -> None:
    line = half_way(served)
    assert plain_in(tmp_path) == [], "words on their way are in no file"
    kill(served.processes[0])
    line.close()
    assert plain_in(tmp_path) == []
    assert served.kept()["transcripts"] == 0
    served.web()
    assert served.upload([TALK.encode()], len(TALK))[0] == 302
    assert served.kept()["transcripts"] == 1


def test_a_browser_closed_in_the_middle_leaves_nothing(served: Stage, tmp_path: Path) -> None:
    half_way(served).close()
    assert served.upload([TALK.encode()], len(TALK))[0] == 302
    assert served.kept()["transcripts"] == 1
    assert plain_in(tmp_path) == []
    assert "canary-7d21" not in served.said()


def test_200_mb_are_refused_in_a_sentence_and_never_held(served: Stage) -> None:
    block, times = os.urandom(1_000_000), 200
    before = most_memory(served.processes[0])
    status, page = served.upload((block for _ in range(times)), len(block) * times)
    assert status == 422
    assert "larger than 20 MB" in page
    assert most_memory(served.processes[0]) - before < 60_000_000
    assert served.kept()["transcripts"] == 0


def test_a_zip_bomb_in_a_docx_is_refused_in_a_sentence(served: Stage) -> None:
    content = bomb(400_000_000)
    assert len(content) < 2_000_000
    before = most_memory(served.processes[0])
    status, page = served.upload([content], len(content))
    assert status == 422
    assert "too large" in page or "unpack" in page, page
    assert most_memory(served.processes[0]) - before < 120_000_000
    assert served.kept()["transcripts"] == 0


def bomb(size: int) -> bytes:
    """A DOCX whose text unpacks to this many bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return out.getvalue()

"""A house in processes of its own, driven by its command line."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class House:
    """One house in a folder, driven by its command line."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        keep = {name: word for name, word in os.environ.items() if not name.startswith(("HOLDSPACE_", "DJANGO_"))}
        keep.pop("DATABASE_URL", None)
        self.around = keep | {
            "HOLDSPACE_HOME": str(home),
            "HOLDSPACE_ADDRESS": f"http://127.0.0.1:{self.port}",
            "EMAIL_URL": "memory://",
        }

    @classmethod
    def like(cls, prepared: Path, home: Path) -> "House":
        """A copy of one that was made ready."""
        shutil.copytree(prepared, home)
        return cls(home)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "holdspace.command", *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=self.around, stdout=pipe, stderr=pipe, text=True, process_group=0
        )

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        with self.start(*words) as process:
            out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def answers(self) -> int | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2) as answer:
                return int(answer.status)
        except (urllib.error.URLError, OSError):
            return None

    def wait(self, answering: bool, seconds: float = 30) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if (self.answers() is not None) == answering:
                return True
            time.sleep(0.2)
        return False

    @property
    def database(self) -> Path:
        return self.home / "data" / "house.sqlite3"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an empty house that was made ready once: copied, never used."""
    made = House(tmp_path_factory.mktemp("prepared") / "house")
    done = made.run("prepare")
    assert done.returncode == 0, done.stderr
    return made.home

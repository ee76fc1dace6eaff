"""What happens on the stage: workers that stop at a chosen moment, a web server, and requests by raw socket."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.house import ROOT, House

PAUSING = """
import sys, time
from pathlib import Path
import django
django.setup()
from holdspace.conversations import intake
from holdspace.worker import work
folder, moment = Path(sys.argv[1]), sys.argv[2]
real = getattr(intake, moment)

def pausing(*given, **named):
    found = real(*given, **named)
    (folder / "there").touch()
    while not (folder / "go").exists():
        time.sleep(0.02)
    return found

setattr(intake, moment, pausing)
work(once=True)
"""
COUNTING = """
import os
from pathlib import Path
from holdspace.people import hashing
from holdspace.wsgi import application
real = hashing.Argon2.verify

def counting(self, password, encoded):
    with open(os.environ["COUNT_IN"], "ab", buffering=0) as file:
        file.write(b".")
    return real(self, password, encoded)

hashing.Argon2.verify = counting
"""
WEB = "import django; django.setup(); from holdspace.serve import web; import os; c = web(); os.execv(c[0], c)"
COUNTED_WEB = """
import os, django
django.setup()
from holdspace.serve import web
command = [*web()[:-1], "counting:application"]
os.environ["PYTHONPATH"] = os.environ["COUNT_FROM"]
os.execv(command[0], command)
"""
KEPT = """
import json
from holdspace.conversations.models import Mark, Transcript
from holdspace.vault.models import Trace
every = Transcript.objects.access_system("in a test")
marks = Mark.objects.access_system("in a test")
said = [one.words for one in every.select_related("session__engagement__key__parent")]
heard = Trace.objects.access_system("in a test").filter(verb="listened to a transcript").count()
rows = list(every.values_list("tries", "fence"))
print(json.dumps({"transcripts": len(said), "done": every.exclude(done_at=None).count(), "marks": marks.count(),
                  "heard": heard, "rows": rows, "waiting": every.filter(done_at=None, given_up_at=None).count()}))
"""
TAKE_IN = """
from holdspace.conversations.intake import take_in
from holdspace.conversations.models import Session
from tests.cast import TALK
session = Session.objects.access_system("in a test").select_related("engagement__key__parent").get()
take_in(session, TALK.encode(), by=session.engagement.coach)
"""
WITHDRAW = """
from holdspace.conversations.consent import withdraw
from holdspace.conversations.models import Session
session = Session.objects.access_system("in a test").select_related("engagement__key__parent").get()
withdraw(session, by=session.engagement.client)
"""
RUN_OUT = """
from datetime import timedelta
from django.utils import timezone
from holdspace.conversations.models import Transcript
before = timezone.now() - timedelta(seconds=1)
Transcript.objects.access_system("in a test").update(leased_until=before, due_at=before)
"""
CSRF = "a" * 32
BOUND = "----a-line-between"


class Stage:
    """One house and its processes."""

    def __init__(self, house: House, known: dict[str, str]) -> None:
        self.house, self.known = house, known
        self.processes: list[subprocess.Popen[bytes]] = []

    def do(self, code: str) -> str:
        """Run code in the house, in a process of its own."""
        done = self.house.run("shell", "-v", "0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def kept(self) -> dict[str, Any]:
        """What there is of transcripts and marks; every kept word opens."""
        return dict(json.loads(self.do(KEPT)))

    def work(self) -> None:
        """An ordinary worker, until nothing is due."""
        done = self.house.run("work", "--once")
        assert done.returncode == 0, done.stderr

    def script(self, code: str, *words: str, **around: str) -> "subprocess.Popen[bytes]":
        """A process of the house running a script, in a group of its own."""
        named = self.house.around | {"DJANGO_SETTINGS_MODULE": "holdspace.settings"} | around
        command = [sys.executable, "-c", code, *words]
        out = open(self.house.home / "said", "ab")  # noqa: SIM115  the process writes into it
        process = subprocess.Popen(command, cwd=ROOT, env=named, start_new_session=True, stdout=out, stderr=out)
        out.close()
        self.processes.append(process)
        return process

    def pausing_worker(self, moment: str) -> "subprocess.Popen[bytes]":
        """A worker that has come just past this function of intake, and waits there."""
        process = self.script(PAUSING, str(self.house.home), moment)
        self.until(lambda: (self.house.home / "there").exists() or process.poll() is not None)
        assert process.poll() is None, self.said()
        return process

    def let_go(self, process: "subprocess.Popen[bytes]") -> None:
        """Let a pausing worker come to its end."""
        (self.house.home / "go").touch()
        assert process.wait(60) == 0, self.said()

    def web(self, code: str = WEB, **around: str) -> "subprocess.Popen[bytes]":
        """The web server, answering."""
        process = self.script(code, **around)
        assert self.house.wait(answering=True), self.said()
        return process

    def said(self) -> str:
        """What the processes wrote."""
        return (self.house.home / "said").read_text()

    def until(self, there: Any, seconds: float = 60) -> None:
        """Wait for something."""
        end = time.monotonic() + seconds
        while not there():
            assert time.monotonic() < end, self.said()
            time.sleep(0.02)

    def end(self) -> None:
        """End what still runs."""
        for process in self.processes:
            kill(process)

    def upload_head(self, length: int) -> bytes:
        """The head of a transcript's upload with a body of this length, as a browser of Ana's sends it."""
        lines = [
            f"POST /sessions/{self.known['session']}/transcript/ HTTP/1.1",
            f"Host: 127.0.0.1:{self.house.port}",
            f"Cookie: session={self.known['ana']}; csrf={CSRF}",
            f"Content-Type: multipart/form-data; boundary={BOUND}",
            f"Content-Length: {length}",
        ]
        return "\r\n".join([*lines, "", ""]).encode()

    def begin_upload(self, length: int, part: bytes) -> socket.socket:
        """Send the head and a first part, and stay there."""
        line = socket.create_connection(("127.0.0.1", self.house.port), timeout=30)
        line.sendall(self.upload_head(length) + part)
        return line

    def upload(self, content: Iterable[bytes], length: int) -> tuple[int, str]:
        """A whole upload; gives status and page."""
        before, after = around_file()
        line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=120)
        line.putrequest("POST", f"/sessions/{self.known['session']}/transcript/", skip_accept_encoding=True)
        line.putheader("Cookie", f"session={self.known['ana']}; csrf={CSRF}")
        line.putheader("Content-Type", f"multipart/form-data; boundary={BOUND}")
        line.putheader("Content-Length", str(len(before) + length + len(after)))
        line.endheaders()
        for piece in (before, *content, after):
            line.send(piece)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def around_file(name: str = "talk.txt") -> tuple[bytes, bytes]:
    """What stands before and after the file in an upload's body."""
    token = f'--{BOUND}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{CSRF}\r\n'
    file = f'--{BOUND}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    return (token + file + "Content-Type: text/plain\r\n\r\n").encode(), f"\r\n--{BOUND}--\r\n".encode()


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process and its children without warning."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


def family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from family(int(child))


def most_memory(process: "subprocess.Popen[bytes]") -> int:
    """The most memory a process and its children ever held, in bytes."""
    lines = (Path(f"/proc/{pid}/status").read_text().splitlines() for pid in family(process.pid))
    return sum(1024 * int(line.split()[1]) for status in lines for line in status if line.startswith("VmHWM"))

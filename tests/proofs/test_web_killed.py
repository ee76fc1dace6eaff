"""The web server is killed while people write: what was acknowledged is there once, whatever is sent again."""

import http.client
import json
import random
import sqlite3
import threading
import time
import urllib.parse
import uuid
from contextlib import closing, suppress
from typing import Any

import pytest

from tests.faults.conftest import furnished, stage  # noqa: F401  a house with Ana, Ben and a session
from tests.faults.places import CSRF, Stage, kill

from .amount import amount

KILLS, HANDS = 200, 4
KEPT = """
import json
from holdspace.conversations.models import Note
from holdspace.people.models import Practice
from holdspace.vault import trail
from holdspace.vault.models import Trace
notes = Note.objects.access_system("in a test").with_people()
wrote = Trace.objects.access_system("in a test").filter(verb="wrote a note").values_list("noun_id", flat=True)
practice = Practice.objects.access_system("in a test").get()
print(json.dumps({"notes": {str(one.pk): one.text for one in notes}, "wrote": [str(pk) for pk in wrote],
                  "faults": [list(fault) for fault in trail.verify(practice.pk)]}))
"""


class Writer(threading.Thread):
    """Writes one note after another; one that was not acknowledged is sent again, as the same form, until it is."""

    def __init__(self, stage: Stage, number: int) -> None:  # noqa: F811
        super().__init__(daemon=True)
        self.stage, self.number = stage, number
        self.acknowledged: dict[str, str] = {}
        self.in_hand = ""
        self.again, self.slowest = 0, 0.0
        self.wrong: list[str] = []
        self.may_write, self.over = threading.Event(), threading.Event()

    def run(self) -> None:
        """Write until told to stop, and then until the last note is acknowledged."""
        while not (self.over.is_set() and not self.in_hand):
            self.may_write.wait(1)
            if self.may_write.is_set():
                self.write()

    def write(self) -> None:
        """Send what is in hand, or something new."""
        self.again += bool(self.in_hand)
        self.in_hand = self.in_hand or str(uuid.uuid4())
        words = f"Note {len(self.acknowledged)} of hand {self.number}." + " She spoke of the harbour." * 20
        with suppress(OSError, http.client.HTTPException):
            began = time.perf_counter()
            status, place = self.send(self.in_hand, words)
            self.slowest = max(self.slowest, time.perf_counter() - began)
            if status == 302 and place.endswith(f"#note-{self.in_hand}"):
                self.acknowledged[self.in_hand], self.in_hand = words, ""
            else:
                self.wrong.append(f"{status} {place}")
            return
        time.sleep(0.02)

    def send(self, once: str, words: str) -> tuple[int, str]:
        """One form; gives the status and where it leads."""
        known, port = self.stage.known, self.stage.house.port
        body = urllib.parse.urlencode({"once": once, "note": words, "csrfmiddlewaretoken": CSRF})
        head = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"session={known['ana']}; csrf={CSRF}",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
            line.request("POST", f"/sessions/{known['session']}/notes/", body, head)
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", "")


def kill_often(stage: Stage, kills: int) -> tuple[list[Writer], int]:  # noqa: F811
    """Let hands write, and kill the server again and again; says how many notes were kept without a word."""
    chance, unsaid = random.Random("kills"), 0
    hands = [Writer(stage, number) for number in range(HANDS)]
    for hand in hands:
        hand.start()
    for _ in range(kills):
        server = stage.web()
        before = sum(len(hand.acknowledged) for hand in hands)
        for hand in hands:
            hand.may_write.set()
        stage.until(lambda before=before: sum(len(hand.acknowledged) for hand in hands) > before)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.3))
        kill(server)
        for hand in hands:
            hand.may_write.clear()
        time.sleep(0.05)
        unsaid += sum(is_kept(stage, hand.in_hand) for hand in hands)
    server = stage.web()
    for hand in hands:
        hand.over.set()
        hand.may_write.set()
    for hand in hands:
        hand.join(60)
    kill(server)
    return hands, unsaid


def is_kept(stage: Stage, once: str) -> bool:  # noqa: F811
    """Whether a note that nobody said yes to stands in the file all the same."""
    with closing(sqlite3.connect(stage.house.database)) as opened:
        found = opened.execute("SELECT 1 FROM conversations_note WHERE id = ?", [once.replace("-", "")])
        return found.fetchone() is not None


def hold(stage: Stage, hands: list[Writer]) -> int:  # noqa: F811
    """Each acknowledged note is there, whole and once, with its trace, and nothing else is; says how many there are."""
    assert not [hand.wrong for hand in hands if hand.wrong]
    said = {once: words for hand in hands for once, words in hand.acknowledged.items()}
    kept = json.loads(stage.do(KEPT))
    lost = [once for once, words in said.items() if kept["notes"].get(once) != words]
    assert not lost, f"{len(lost)} of {len(said)} lost"
    assert kept["notes"].keys() == said.keys()
    assert sorted(kept["wrote"]) == sorted(said), "one trace for each note"
    assert kept["faults"] == []
    with closing(sqlite3.connect(stage.house.database)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return len(said)


@pytest.mark.slow
def test_some_kills(stage: Stage) -> None:  # noqa: F811
    hands, _ = kill_often(stage, 4)
    assert hold(stage, hands) >= 4
    assert sum(hand.again for hand in hands) > 0, "nothing was ever in hand when the server was killed"


@pytest.mark.prove
def test_two_hundred_kills(stage: Stage, record_property: Any) -> None:  # noqa: F811
    kills = amount(KILLS, 5)
    hands, unsaid = kill_often(stage, kills)
    number = hold(stage, hands)
    again = sum(hand.again for hand in hands)
    record_property(
        "measured",
        f"{kills} kills in {number:,} acknowledged notes: 0 lost, 0 twice; {again:,} sent again, "
        f"{unsaid:,} of them kept already",
    )

"""A worker killed with a letter in its hand: real processes, a real mail server, and everything arrives as one mail."""

import email
import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.house import ROOT, House, free_port

from .post_office import THINGS

pytestmark = pytest.mark.slow


class Mailbox:
    """A mail server that takes everything, and folds a mail it has already, as mailboxes do."""

    def __init__(self) -> None:
        self.taken: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(email.message_from_bytes(envelope.content))
        return "250 OK"

    @property
    def folded(self) -> list[Message]:
        """One of each Message-ID."""
        return list({str(one["Message-ID"]): one for one in self.taken}.values())

    def to(self, address: str) -> list[str]:
        """What somebody finds there."""
        found = [one for one in self.folded if one["To"] == address]
        return [one.get_payload(0).get_payload(decode=True).decode() for one in found]  # type: ignore[union-attr]


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box, port = Mailbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


@pytest.fixture
def house(prepared: Path, tmp_path: Path, mailbox: tuple[Mailbox, int]) -> House:
    made = House.like(prepared, tmp_path / "house")
    made.around["EMAIL_URL"] = f"smtp://127.0.0.1:{mailbox[1]}"
    inside(made, "seed")
    return made


def inside(house: House, deed: str, ends: int = 0) -> Any:
    command = [sys.executable, "-m", "tests.faults.post_office", deed]
    done = subprocess.run(command, cwd=ROOT, env=house.around, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == ends, done.stderr
    return json.loads(done.stdout) if done.stdout else None


def whole(box: Mailbox) -> None:
    """Ben has one mail with all three things once, Ana three mails with one each."""
    (daily,) = box.to("ben@example.org")
    assert [daily.count(f"The {thing} is") for thing in THINGS] == [1, 1, 1]
    hers = box.to("ana@example.org")
    assert Counter(thing for one in hers for thing in THINGS if f"The {thing} is" in one) == dict.fromkeys(THINGS, 1)


def test_killed_before_the_mail_server_had_it_each_is_sent_once(house: House, mailbox: tuple[Mailbox, int]) -> None:
    for _ in range(2):
        inside(house, "die_before", -signal.SIGKILL)
    assert mailbox[0].taken == []
    inside(house, "let_go")
    assert house.run("work", "--once").returncode == 0
    assert len(mailbox[0].taken) == 4
    whole(mailbox[0])
    assert inside(house, "waiting") == 0


def test_killed_after_it_a_repeat_is_the_same_mail_and_the_rest_is_sent_once(
    house: House, mailbox: tuple[Mailbox, int]
) -> None:
    box, kills = mailbox[0], 3
    for _ in range(kills):
        inside(house, "die_after", -signal.SIGKILL)
    assert len(box.taken) == kills, "each of them sent one and told nobody"
    assert len(box.folded) == kills, "and a held one isn't taken by the next"
    inside(house, "let_go")
    assert house.run("work", "--once").returncode == 0
    assert len(box.taken) == 4 + kills, "what was in hand is sent again, and nothing else"
    whole(box)
    assert inside(house, "waiting") == 0
    before = len(box.taken)
    assert house.run("work", "--once").returncode == 0
    assert len(box.taken) == before, "and that was the last of it"

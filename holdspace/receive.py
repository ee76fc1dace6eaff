"""Takes mail in from the mail server of this machine: answers go to their thread, reports to their letter."""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import close_old_connections, connections

from .letters.bounce import NotAReport, take_bounce
from .letters.envelope import BOUNCE, bounced
from .threads.answer import NOBODY, Automatic, Refused, take_answer
from .threads.models import ReplyAddress
from .threads.models.reply_address import REPLY

LARGEST = 30_000_000
"""Bytes of one mail: as many as the files of a message take, and what their spelling adds."""
PATIENCE = 60
"""Seconds that the mail server may stay silent."""
TAKEN = "250 2.0.0 Taken in."
ONE_AT_A_TIME = "452 4.5.3 One recipient at a time."
LATER = "451 4.3.0 Something went wrong here. Try again later."
logger = logging.getLogger("holdspace.receive")


class NotSet(Exception):
    """The settings don't say where to listen, or say something that would let in everybody."""


class Door:
    """What the listener asks at each step; the database is met by one hand, away from the loop."""

    def __init__(self) -> None:
        self.hand = ThreadPoolExecutor(1, "take-in")
        self.dropped = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Nobody but the addresses of this house's letters."""
        if envelope.rcpt_tos:
            return ONE_AT_A_TIME
        if not await self._aside(is_known, address):
            return NOBODY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """One whole mail, taken in before it is acknowledged, or refused with one sentence."""
        try:
            return str(
                await self._aside(
                    take_in, envelope.rcpt_tos[0], (envelope.mail_from or "").strip("<>"), envelope.content
                )
            )
        except Refused as refusal:
            return str(refusal)
        except (Automatic, NotAReport):
            self._count()
            return TAKEN

    async def handle_exception(self, fault: Exception) -> str:
        """A fault of ours: the mail stays where it is, and the log says where, without a word of it."""
        logger.error("a mail could not be taken in", exc_info=fault)
        return LATER

    def _count(self) -> None:
        """Each time there are twice as many, a line in the log: a loop of machines fills no disk."""
        self.dropped += 1
        if self.dropped & (self.dropped - 1) == 0:
            logger.warning("automatic mails let fall since the start: %d", self.dropped)

    async def _aside(self, deed: Any, *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.hand, _with_database, deed, *given)

    def close(self) -> None:
        """Finish what is in hand."""
        self.hand.submit(connections.close_all)
        self.hand.shutdown()


def _with_database(deed: Any, *given: Any) -> Any:
    close_old_connections()
    try:
        return deed(*given)
    finally:
        close_old_connections()


def parts_of(address: str) -> tuple[str, str]:
    """What kind of address it is, and what makes it known; nothing for every other."""
    local, _, domain = address.strip("<>").rpartition("@")
    kind, plus, known = local.partition("+")
    if not plus or not settings.REPLY_DOMAIN or domain.lower() != settings.REPLY_DOMAIN:
        return "", ""
    return kind.lower(), known


def is_known(address: str) -> bool:
    """Whether mail to this address is taken in at all."""
    kind, known = parts_of(address)
    if kind == BOUNCE:
        return bounced(known) is not None
    return kind == REPLY and ReplyAddress.behind(known) is not None


def take_in(address: str, envelope_from: str, content: bytes) -> str:
    """One mail to its place; raises Refused, Automatic and NotAReport."""
    kind, known = parts_of(address)
    pk = bounced(known) if kind == BOUNCE else None
    if pk is not None:
        take_bounce(pk, envelope_from, content)
    else:
        take_answer(known if kind == REPLY else "", envelope_from, content)
    return TAKEN


def place() -> tuple[type[SMTP], str, int]:
    """How and where to listen; raises NotSet."""
    said = urlsplit(settings.RECEIVE)
    kinds: dict[str, type[SMTP]] = {"lmtp": LMTP, "smtp": SMTP}
    if said.scheme not in kinds or not said.port:
        raise NotSet("HOLDSPACE_RECEIVE is lmtp://127.0.0.1:8024, or the same with smtp and another port.")
    if not settings.REPLY_DOMAIN:
        raise NotSet("HOLDSPACE_REPLY_DOMAIN is missing: the domain that the mail server hands over.")
    address = said.hostname if said.hostname != "localhost" else "127.0.0.1"
    try:
        near = ip_address(address or "").is_loopback
    except ValueError:
        near = False
    if not near:
        raise NotSet("HOLDSPACE_RECEIVE listens on this machine alone: give it 127.0.0.1.")
    return kinds[said.scheme], str(address), said.port


async def listen(stop: asyncio.Event) -> None:
    """Listen until told to stop; a mail in hand is taken in first."""
    kind, address, port = place()
    door = Door()
    loop = asyncio.get_running_loop()
    named: dict[str, Any] = {"data_size_limit": LARGEST, "enable_SMTPUTF8": True, "timeout": PATIENCE}
    house = lambda: kind(door, hostname=settings.REPLY_DOMAIN, ident="Holdspace", loop=loop, **named)  # noqa: E731
    server = await loop.create_server(house, address, port)
    logger.info("mail is taken in")
    try:
        await stop.wait()
    finally:
        server.close()
        await loop.run_in_executor(None, door.close)


def receive() -> None:
    """Take mail in until TERM or Ctrl-C; raises NotSet and OSError when the place is taken."""
    place()

    async def until_told() -> None:
        stop = asyncio.Event()
        for word in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(word, stop.set)
        await listen(stop)

    asyncio.run(until_told())

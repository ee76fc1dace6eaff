"""Mails as people and machines write them, and a house that takes them in at a real port."""

import asyncio
import re
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from holdspace.receive import listen, place

DOMAIN = "reply.house.example"


def mail(
    to: str, words: str = "Yes, Tuesday.", sender: str = "Ben Hale <ben@example.org>", **more: str
) -> EmailMessage:
    """A plain answer."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, "Re: A message from Ana"
    for name, value in ({"Message_ID": "<1@phone.example>"} | more).items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made


@contextmanager
def taking_in(settings: Any, kind: str = "lmtp") -> Iterator[int]:
    """The house's listener in a thread of its own; gives its port."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    settings.REPLY_DOMAIN, settings.RECEIVE = DOMAIN, f"{kind}://127.0.0.1:{port}"
    place()
    ready, told = threading.Event(), []

    async def until_told() -> None:
        stop = asyncio.Event()
        told.append((asyncio.get_running_loop(), stop))
        running = asyncio.ensure_future(listen(stop))
        for _ in range(200):
            await asyncio.sleep(0.01)
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                continue
        ready.set()
        await running

    thread = threading.Thread(target=asyncio.run, args=(until_told(),), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield port
    finally:
        loop, stop = told[0]
        loop.call_soon_threadsafe(stop.set)
        thread.join(20)


def hand_over(port: int, made: EmailMessage | bytes, to: str, sender: str = "ben@example.org", kind: Any = None) -> str:
    """What the mail server does with one mail; the sentence it gets."""
    with (kind or smtplib.LMTP)("127.0.0.1", port, timeout=30) as server:
        try:
            server.sendmail(sender, [to], re.sub(rb"\r?\n", b"\r\n", bytes(made)))
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            return f"{code} {said.decode()}"
        except smtplib.SMTPResponseException as refused:
            return f"{refused.smtp_code} {bytes(refused.smtp_error).decode()}"  # type: ignore[arg-type]
    return "taken"


def report(to: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """What a mail server writes about a mail that it could not deliver."""
    return f"""\
From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

I'm sorry to say that your mail could not be delivered.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ben@example.org
Action: {action}
Status: {status}

--x--
""".replace("\n", "\r\n").encode()

"""What is read of a mail: whether it is forged, its new words alone, and text that no hostile byte breaks."""

import time
from typing import Any

import pytest

from holdspace import receive
from holdspace.threads.reading import is_forged, new_words, read_mail, seen_of, sender_of
from holdspace.threads.tests.mails import DOMAIN, mail


@pytest.mark.parametrize(
    ("said", "forged"),
    [
        ("j; dmarc=pass; spf=fail", False),
        ("j; spf=fail; dkim=pass", False),
        ("j; spf=softfail", True),
        ("j; dkim=fail", True),
        ("j (dmarc=fail); dmarc=pass", False),
        ("j; dmarc=fail (they said dmarc=pass)", True),
        ("j; none", False),
        ("jj; dmarc=fail", False),
        ("", False),
    ],
)
def test_verdicts(said: str, forged: bool) -> None:
    assert is_forged(read_mail(f"Authentication-Results: {said}\n\n".encode()), "j") is forged


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Yes.\n\n-- \nBen Hale\n12 Some Street", "Yes."),
        ("Yes.\n\nSent from my iPhone", "Yes."),
        ("Ja.\n\nAm 23.11.2026 um 10:00 schrieb Ana <a@x>:\n> Dienstag?", "Ja."),
        ("Yes.\n\nFrom: Ana <a@x>\nSent: Monday\nTo: Ben <b@x>\nSubject: Hello\n\nTuesday?", "Yes."),
        ("- one\n- two", "- one\n- two"),
        ("🎉 نعم", "🎉 نعم"),
        ("On Mon, 23 Nov 2026 at 10:00, Ana <a@x> wrote:\n> Tuesday?\n\nYes, below.", "Yes, below."),
    ],
)
def test_only_the_new_words_are_kept(written: str, kept: str) -> None:
    assert new_words(mail("x@y", written)) == kept


def test_a_page_becomes_text_and_nothing_in_it_runs() -> None:
    html = "<head><title>T</title></head><p>Yes &amp; no<br>more<script>alert(1)</script><blockquote>old</blockquote>"
    assert seen_of(html) == "Yes & no\nmore"
    assert seen_of("<div>a</div><div>b</div><style>x") == "a\n\nb"
    made = mail("x@y")
    made.set_content("<p>Yes.</p><div class='gmail_quote'><blockquote>Tuesday?</blockquote></div>", subtype="html")
    assert new_words(made) == "Yes."


@pytest.mark.parametrize("text", ["a" * 60_000, "-- " * 20_000, "On " * 20_000, "mail " * 12_000, " \n" * 30_000])
def test_no_text_takes_long_to_read(text: str) -> None:
    began = time.perf_counter()
    new_words(mail("x@y", text))
    assert time.perf_counter() - began < 5


def test_whatever_bytes_come_are_read_or_refused() -> None:
    for odd in (b"", b"\0" * 99, b"From: \xff\xfe\n\n\xff", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 50):
        read = read_mail(odd)
        assert sender_of(read) == ""
        new_words(read)


@pytest.mark.parametrize(
    ("where", "domain"),
    [
        ("lmtp://0.0.0.0:24", DOMAIN),
        ("lmtp://mail.example:24", DOMAIN),
        ("http://127.0.0.1:24", DOMAIN),
        ("lmtp://127.0.0.1", DOMAIN),
        ("lmtp://127.0.0.1:24", ""),
    ],
)
def test_it_listens_on_this_machine_alone_and_says_what_is_missing(settings: Any, where: str, domain: str) -> None:
    settings.RECEIVE, settings.REPLY_DOMAIN = where, domain
    with pytest.raises(receive.NotSet, match="HOLDSPACE_RE"):
        receive.place()

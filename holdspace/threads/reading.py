"""Reading a mail that came in: who says they wrote it, whether a machine did, the new words in it, and its files."""

import email
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message as Mail
from html.parser import HTMLParser

from .files import NewFile, look_at
from .models import MOST
from .quoting import new_part

LONGEST_TEXT = 60_000
"""Characters that are looked at for new words; what is quoted beneath may go on for longer."""
ONE_FROM = re.compile(
    r'(?:(?:"(?:[^"\\]|\\.)*"|[^"<>@,()]*)\s*<([^<>\s"@]+@[^<>\s"@]+)>|([^<>\s",()@]+@[^<>\s",()@]+))'
)
MACHINES = {"bulk", "junk", "list", "auto_reply"}
COMMENT = re.compile(r"\([^()]*\)")
BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "ul", "ol", "table"}
UNSEEN = {"script", "style", "head", "title", "template", "blockquote"}
SEALS = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}


class TooManyParts(Exception):
    """More files than go with one message."""


def read_mail(content: bytes) -> Mail:
    """A mail, leniently: whatever is odd in it stays text."""
    return email.message_from_bytes(content)


def sender_of(mail: Mail) -> str:
    """The one address that the mail says it is from, in lower case; empty where it names none, several or a riddle."""
    said = [str(one) for one in mail.get_all("From", [])]
    found = ONE_FROM.fullmatch(" ".join(said[0].split())) if len(said) == 1 else None
    return (found.group(1) or found.group(2)).lower() if found else ""


def is_automatic(mail: Mail, house: str) -> bool:
    """Whether a machine wrote it: an absence note, a list, a report, or this house itself."""
    first = {name.lower(): str(value).strip().lower() for name, value in reversed(mail.items())}
    return (
        first.get("auto-submitted", "no").partition(";")[0].strip() != "no"
        or first.get("precedence", "") in MACHINES
        or any(name.startswith("list-") or name in ("x-autoreply", "x-autorespond") for name in first)
        or house in (str(loop).strip().lower() for loop in mail.get_all("X-Loop", []))
        or mail.get_content_type() == "multipart/report"
    )


def is_forged(mail: Mail, judge: str) -> bool:
    """Whether the mail server that is believed says that somebody else wrote it; what others say doesn't count."""
    for said in mail.get_all("Authentication-Results", []) if judge else ():
        who, _, results = _without_comments(str(said)).partition(";")
        if who.split()[:1] != [judge]:
            continue
        verdicts = dict(re.findall(r"\b(dmarc|spf|dkim)\s*=\s*(\w+)", results.lower()))
        passed = "pass" in (verdicts.get("dmarc"), verdicts.get("dkim"))
        failed = {way for way, verdict in verdicts.items() if verdict in ("fail", "softfail", "permerror")}
        return "dmarc" in failed or bool(failed and not passed)
    return False


def _without_comments(text: str) -> str:
    plain = text.lower()
    for _ in range(20):
        shorter = COMMENT.sub(" ", plain)
        if shorter == plain:
            break
        plain = shorter
    return plain


def new_words(mail: Mail) -> str:
    """What its writer added, without what is quoted and without the signature."""
    plain = [part for part in _texts(mail) if part.get_content_type() == "text/plain"]
    rich = [part for part in _texts(mail) if part.get_content_type() == "text/html"]
    text = "\n".join(map(_decoded, plain)).strip()
    if not text and rich:
        text = seen_of("\n".join(map(_decoded, rich)))
    return new_part(text[:LONGEST_TEXT])


def _texts(mail: Mail) -> Iterator[Mail]:
    """The parts that are the letter itself."""
    for part in mail.walk():
        if not part.is_multipart() and part.get_content_maintype() == "text" and not _is_file(part):
            yield part


def _is_file(part: Mail) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _decoded(part: Mail) -> str:
    """A part as text; letters that its encoding doesn't have are shown as such."""
    raw = part.get_payload(decode=True)
    plain = raw if isinstance(raw, bytes) else b""
    try:
        return plain.decode(part.get_content_charset("utf-8"), "replace").replace("\0", "")
    except LookupError:
        return plain.decode("utf-8", "replace").replace("\0", "")


def files_in(mail: Mail) -> list[NewFile]:
    """The files in it, by the rules of uploads, without a signature's pictures; raises BadFile and TooManyParts."""
    parts = [part for part in mail.walk() if _is_file(part) and not _is_ornament(part)]
    if len(parts) > MOST:
        raise TooManyParts
    return [look_at(_name(part), _content(part)) for part in parts]


def _is_ornament(part: Mail) -> bool:
    shown_inside = part.get_content_disposition() != "attachment" and bool(part.get("Content-ID"))
    return shown_inside or part.get_content_type() in SEALS


def _content(part: Mail) -> bytes:
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _name(part: Mail) -> str:
    said = part.get_filename() or ""
    try:
        return str(make_header(decode_header(said)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return said


class Seen(HTMLParser):
    """What somebody would see of a page: its text in lines, without what is quoted, hidden or run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new line, or the beginning of what isn't seen."""
        if tag in UNSEEN:
            self.inside.append(tag)
        elif tag in BLOCKS:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A new line, or the end of what isn't seen."""
        if tag in self.inside:
            del self.inside[self.inside.index(tag) :]
        elif tag in BLOCKS:
            self.text.append("\n")

    def handle_data(self, said: str) -> None:
        """Words, if they are seen."""
        if not self.inside:
            self.text.append(" ".join(said.split("\n")))


def seen_of(html: str) -> str:
    """The text of a page."""
    page = Seen()
    page.feed(html[: LONGEST_TEXT * 4])
    page.close()
    lines = (" ".join(line.split()) for line in "".join(page.text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

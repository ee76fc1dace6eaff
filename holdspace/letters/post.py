"""Posting: the worker takes a due letter, sends it, and wipes its words."""

from smtplib import SMTPRecipientsRefused

from django.utils import timezone

from .models import Letter, Returned
from .models.letter import DIGEST

CAME_BACK = "mail to this address came back"


class Post:
    """The job of posting letters."""

    name = "letters"

    def claim(self) -> Letter | None:
        """The next due letter, leased."""
        due = Letter.objects.access_system("post due letters").by_themselves()
        return due.select_related("to", "key__parent").claim()

    def run(self, letter: Letter) -> None:
        """Send it and mark it posted in one go; a repeat after a crash carries the same Message-ID.

        A letter that was late, or put back, may have come into the quiet hours since it was written: it waits. To an
        address that mail came back from, nothing is sent.
        """
        if letter.waits_for_morning():
            return
        parts = list(letter.open_parts()) if letter.kind == DIGEST else []
        if Returned.from_address_of(letter.to):
            _give_up([*parts, letter])
            return
        if letter.to.email and letter.to.is_active and (letter.words or parts):
            try:
                letter.message().send()
            except SMTPRecipientsRefused as refused:
                if not _for_good(refused):
                    raise
                Returned.note(letter.to, "5.0.0")
                _give_up([*parts, letter])
                return
        _posted(letter, parts)


def _posted(letter: Letter, parts: list[Letter]) -> None:
    """Letter and parts are done in one go."""
    with letter.holding():
        letter.words = letter.envelope = None
        letter.save(update_fields=["words", "envelope"])
        left = Letter.objects.access_system("they left with it").filter(pk__in=[part.pk for part in parts])
        left.update(done_at=timezone.now(), words=None, envelope=None)


def _give_up(letters: list[Letter]) -> None:
    for letter in letters:
        letter.give_up(CAME_BACK)


def _for_good(refused: SMTPRecipientsRefused) -> bool:
    """Whether the mail server will never take it, rather than not just now."""
    return all(500 <= code < 600 for code, _ in refused.recipients.values())

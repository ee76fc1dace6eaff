"""Posting: the worker takes a due letter, sends it, and wipes its words."""

from .models import Letter


class Post:
    """The job of posting letters."""

    name = "letters"

    def claim(self) -> Letter | None:
        """The next due letter, leased."""
        due = Letter.objects.access_system("post due letters").select_related("to", "key__parent")
        return due.claim()

    def run(self, letter: Letter) -> None:
        """Send it and mark it posted in one go; a repeat after a crash carries the same Message-ID.

        A letter that was late, or put back, may have come into the quiet hours since it was written: it waits.
        """
        if letter.waits_for_morning():
            return
        if letter.to.email and letter.to.is_active and letter.words:
            letter.message().send()
        with letter.holding():
            letter.words = None
            letter.save(update_fields=["words"])

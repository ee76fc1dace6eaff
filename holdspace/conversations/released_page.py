"""What a mentor reads of one session: what was released when its client said yes, and nothing to do."""

from functools import cached_property

from django.db.models import Model

from holdspace.people.models import User
from holdspace.vault import trail

from .consent import Keys
from .models import Note, Release, notes_released, transcript_released
from .page import SessionPage, ShownMark


class ReleasedPage(SessionPage):
    """One released session as its mentor sees it, no marks, no measures, no codes of the client's lines."""

    def __init__(self, release: Release, reader: User) -> None:
        self.release, self.session, self.reader, self.keys = release, release.session, reader, Keys(None, None)
        self.all_notes = notes_released(release, reader)
        self.transcript = transcript_released(release, reader)
        self.is_coach = False

    @classmethod
    def read(cls, release: Release, reader: User) -> "ReleasedPage":
        """Find what there is, and note whose words were read: the client sees all of it, the coach their own."""
        page, engagement = cls(release, reader), release.engagement
        for writer in (engagement.client_id, engagement.coach_id):
            words: list[Model] = [note for note in page.notes if note.writer_id == writer]
            if writer == engagement.coach_id and release.question:
                words.append(release)
            elif writer == engagement.client_id:
                words += [page.session, *([page.transcript] if page.transcript else [])]
            about = {"practice_id": engagement.practice_id, "engagement_id": engagement.pk}
            trail.leave_read(words, by=reader, subject_id=writer, **about)
        return page

    @property
    def notes(self) -> list[Note]:
        """What was shared at the client's yes, and still is."""
        return self.all_notes

    @cached_property
    def marks(self) -> list[ShownMark]:
        """None: what was found waits for the coach, and what they kept is between the two."""
        return []

    def shows_codes_of(self, role: str) -> bool:
        """The coach's lines alone: a mentor looks at how somebody coaches."""
        return role == "coach"

    @property
    def readers_line(self) -> str:
        """Who can read what stands on this page, as the mentor sees it."""
        engagement = self.session.engagement
        return f"{engagement.first}, {engagement.coach.first} and you"

"""Reminding: a due reminder becomes one letter to whoever promised, which never says what was promised."""

from django.db import transaction

from holdspace.engagements.writing import may_write, write_to

from .models import Reminder
from .tell import answer_address


class Remind:
    """The worker's job of reminding."""

    name = "reminders"

    def claim(self) -> Reminder | None:
        """The next due reminder, leased."""
        return Reminder.objects.access_system("write due reminders").with_people().claim()

    def run(self, reminder: Reminder) -> None:
        """Write the letter, once, if the day and the promise are still as they were; or wait for a later clock."""
        if reminder.waits():
            return
        commitment = reminder.commitment
        with transaction.atomic():
            engagement = commitment.engagement.hold()
            commitment.refresh_from_db()
            commitment.engagement = engagement
            with reminder.holding():
                if reminder.is_due(commitment.today) and may_write(engagement, commitment.promiser):
                    write(reminder)


def write(reminder: Reminder) -> None:
    """The letter: by when, between whom, and a link; the action itself stays in the house."""
    commitment = reminder.commitment
    engagement, person = commitment.engagement, commitment.promiser
    soon = "tomorrow" if commitment.due_on and commitment.due_on > reminder.day else "today"
    between = engagement.coach.first if person.pk == engagement.client_id else "one of your clients"
    address = answer_address(commitment)
    words = (
        f"Hello {engagement.name_of(person.pk)},\n\n"
        f"Something you promised {between} is due {soon}. What it is stands behind each of these, and only for you:\n\n"
        f"It is done: {address}#done\n\nI need another day: {address}#another-day\n\nI'm stuck: {address}#stuck\n\n"
        "No account is needed, and they stop working once you have answered.\n"
    )
    subject = f"Something you promised is due {soon}"
    write_to(engagement, person, "reminder", subject=subject, words=words, idem=reminder.idem)

"""What comes in about a session: its time, a transcript, who spoke, an edited mark."""

import zoneinfo
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings

from holdspace.people.forms import DayField, ZoneField
from holdspace.people.models import Practice, Seat, User
from holdspace.vault.models import new_id

from .models import LONGEST, Mark, NoSuchTime, Session, TimeTwice, utc_of


class SessionForm(forms.Form):
    """When and how the two meet; `once` makes a repeated post the same session."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    day = DayField(label="Day")
    time = forms.TimeField(widget=forms.TimeInput({"type": "time"}), label="Time")
    timezone = ZoneField()
    minutes = forms.IntegerField(min_value=5, max_value=480, initial=60, label="Minutes")
    channel = forms.ChoiceField(choices=Session.Channel, label="How you meet")
    title = forms.CharField(
        required=False, max_length=120, label="A few words on what it is about", help_text="You can leave this empty."
    )

    @staticmethod
    def said_of(session: Session) -> dict[str, Any]:
        """What this form would say of a session there is."""
        told = {name: getattr(session, name) for name in ("day", "time", "timezone", "minutes", "channel", "title")}
        return told | {"once": session.pk}

    def clean(self) -> dict[str, Any]:
        """Find the moment; a time the clocks skip or repeat gets a sentence."""
        said = super().clean() or self.cleaned_data
        if {"day", "time", "timezone"} <= said.keys():
            wall = datetime.combine(said["day"], said["time"])
            try:
                said["starts_at"] = utc_of(wall, zoneinfo.ZoneInfo(said["timezone"]))
            except NoSuchTime:
                self.add_error("time", "The clocks go forward over this time that day. Choose one an hour later.")
            except TimeTwice:
                self.add_error("time", "The clocks go back that day and this time comes twice. Choose another.")
        return said


class OneFile(forms.FileField):
    """A file that may come instead of something else, so it isn't called optional."""

    one_of = True


class OneText(forms.CharField):
    """Words that may come instead of something else, so they aren't called optional."""

    one_of = True


class TranscriptForm(forms.Form):
    """A transcript as a file or as pasted text."""

    file = OneFile(
        required=False,
        allow_empty_file=True,
        label="A transcript file",
        help_text="From Zoom, Teams, Meet, Otter, a captions file or a text file. The file itself is not kept.",
    )
    pasted = OneText(
        required=False,
        strip=False,
        label="Or paste the words here",
        help_text="One line a turn, such as “Ana: What would help?”",
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, *given: Any, length: int = 0, **named: Any) -> None:
        super().__init__(*given, **named)
        self.length = length
        for one in self.fields.values():  # one form for the whole page, so that a note begun above comes along
            one.widget.attrs["form"] = "write-note"

    def clean(self) -> dict[str, Any]:
        """One of the two, within the limit."""
        said = super().clean() or self.cleaned_data
        file, pasted = said.get("file"), said.get("pasted", "")
        if self.length > settings.TRANSCRIPT_LIMIT:
            millions = settings.TRANSCRIPT_LIMIT // 1_000_000
            self.add_error(
                "file", f"That is larger than {millions} MB. A transcript is text: check that it isn't the recording."
            )
        elif file and pasted.strip():
            self.add_error("pasted", "There is a file and pasted text. Choose one of the two.")
        elif not file and not pasted.strip() and not self.errors:
            self.add_error("file", "Choose a file or paste the words.")
        return said

    def source(self) -> bytes:
        """What came in, as bytes."""
        file = self.cleaned_data["file"]
        return file.read() if file else self.cleaned_data["pasted"].encode()


class MarkForm(forms.Form):
    """Something found, said better."""

    text = forms.CharField(max_length=1_000, widget=forms.Textarea({"rows": 2}), label="In words")
    owner = forms.ChoiceField(choices=Mark.Owner, label="Whose")
    due = forms.CharField(required=False, max_length=120, label="By when, in words")
    due_on = DayField(required=False, label="That is on")

    @staticmethod
    def said_of(mark: Mark) -> dict[str, Any]:
        """What this form would say of a mark there is."""
        return {name: getattr(mark, name) for name in ("text", "owner", "due", "due_on")}


class NoteForm(forms.Form):
    """Somebody's own words about a session; `once` makes a repeated post the same note."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    note = forms.CharField(
        max_length=LONGEST,
        strip=False,
        label="A note",
        help_text="For you alone until you share it. *Emphasis*, lists with a dash and > quotes are understood.",
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "There is nothing in it yet."},
    )

    def clean_note(self) -> str:
        """Words, and not only blanks."""
        note = self.cleaned_data["note"].replace("\r\n", "\n")
        if not note.strip():
            raise forms.ValidationError("There is nothing in it yet.")
        return str(note)


class OpeningForm(forms.Form):
    """Whose work an owner wants to read, and why; `once` makes a repeated post the same opening."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    of_coach = forms.ModelChoiceField(queryset=User.objects.none(), label="The coach", empty_label="Choose")
    named = forms.CharField(
        max_length=254,
        label="The client's full name or e-mail address",
        help_text="As the coach wrote it. There is no list to choose from, and trying is noted too.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    reason = forms.CharField(
        min_length=20,
        max_length=2_000,
        label="Your reason",
        help_text="Both of them read it, word for word.",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"min_length": "Give a reason that both of them will understand: a sentence at least."},
    )

    def __init__(self, *given: Any, practice: Practice | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        seats = Seat.objects.access_system("who coaches in the owner's practice").filter(role=Seat.Role.COACH)
        coach: Any = self.fields["of_coach"]
        coach.queryset = User.objects.filter(pk__in=seats.filter(practice=practice).values("user")).order_by("name")
        coach.label_from_instance = lambda user: user.name

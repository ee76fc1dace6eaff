"""What is written when two people begin, agree, and end."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from holdspace.people.forms import DayField, ZoneField
from holdspace.people.models import Practice, User

from .models import Handover, Kind, others_coaching, practices_coached_in
from .wording import CHANNELS, SECTIONS, TO_FILL, filled


class DescribeForm(forms.Form):
    """What a coach calls a client, and what the work is for."""

    name = forms.CharField(max_length=120, label="Their name", widget=forms.TextInput({"autocomplete": "off"}))
    purpose = forms.CharField(
        required=False,
        max_length=2_000,
        label="What they come for, in their own words",
        widget=forms.Textarea({"rows": 3}),
    )
    rhythm = forms.CharField(
        required=False, max_length=60, label="How often you meet", help_text="For example: every two weeks."
    )


class ClientForm(DescribeForm):
    """A person to coach: who they are, besides what for."""

    email = forms.EmailField(
        required=False,
        max_length=254,
        label="Their e-mail address",
        help_text="An invitation goes there, and they can sign in with it. Or leave it empty and hand over a link.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    timezone = ZoneField()
    at_practice = forms.ModelChoiceField(queryset=Practice.objects.none(), label="In which practice", empty_label=None)
    field_order = ("at_practice", "name", "email", "timezone", "purpose", "rhythm")

    def __init__(self, *given: Any, coach: User, **named: Any) -> None:
        super().__init__(*given, **named)
        there = practices_coached_in(coach)
        where: Any = self.fields["at_practice"]
        where.queryset = there
        if len(there) < 2:
            del self.fields["at_practice"]

    def clean_email(self) -> str | None:
        """An address as we keep it."""
        return User.objects.tidy(self.cleaned_data["email"])


def _words_fields() -> dict[str, forms.Field]:
    wide = {"rows": 4}
    return {
        f"words_{part.key}": forms.CharField(
            required=False, max_length=6_000, label=part.title, widget=forms.Textarea(wide)
        )
        for part in SECTIONS
    }


class WordsForm(forms.Form):
    """The sections of an agreement; one that is left empty is left out."""

    def __init__(self, *given: Any, names: dict[str, str] | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        for part in SECTIONS:
            self.fields[f"words_{part.key}"].label = filled(
                part.title, names or {"coach": "the coach", "client": "Their"}
            )

    @property
    def words(self) -> dict[str, str]:
        """What was written, by section."""
        return {part.key: self.cleaned_data[f"words_{part.key}"] for part in SECTIONS}

    @staticmethod
    def said(words: dict[str, str]) -> dict[str, str]:
        """What this form would say of sections there are."""
        return {f"words_{key}": said for key, said in words.items()}


WordsForm.base_fields |= _words_fields()


class PactForm(WordsForm):
    """A version of the pact: its words, and what the house itself will keep to."""

    addressed = forms.CharField(
        required=False,
        max_length=200,
        label="How to be addressed",
        help_text="A name, pronouns, first or last name: whatever feels right.",
    )
    channels = forms.MultipleChoiceField(
        choices=CHANNELS,
        error_messages={"required": "Choose at least one way to reach each other."},
        widget=forms.CheckboxSelectMultiple,
        label="How you reach each other",
        help_text="Without e-mail, no reminders or messages are sent by e-mail.",
    )
    quiet_from = forms.TimeField(
        required=False,
        label="Quiet from",
        help_text="No letter is sent in the quiet hours, by the clock of whoever it is for.",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    quiet_to = forms.TimeField(
        required=False, label="Quiet until", widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    reply_hours = forms.IntegerField(
        required=False, min_value=1, max_value=720, label="A message is answered within, in hours"
    )
    off_limits = forms.CharField(
        required=False,
        max_length=1_000,
        label="What the coach doesn't bring up",
        help_text="One topic a line. The coach gets a quiet reminder when writing about it; nobody else sees it.",
        widget=forms.Textarea({"rows": 3}),
    )
    recording = forms.BooleanField(required=False, label="We may ask each other about recording a session")
    analysis = forms.BooleanField(
        required=False, label="We may ask each other whether a program on our own server looks through the words"
    )
    transcript_days = forms.IntegerField(min_value=1, max_value=365, label="A transcript is deleted after, in days")
    notes_months = forms.IntegerField(min_value=0, max_value=120, label="Notes are deleted after the end, in months")
    sponsor = forms.BooleanField(
        required=False,
        label="Somebody else pays for this work",
        help_text="They would see on which days you met and goal titles, as the client approves them word by word.",
    )
    mentor = forms.BooleanField(
        required=False,
        label="Single things may be released to the coach's mentor",
        help_text="Each one only with the client's own yes.",
    )
    review_on = DayField(required=False, label="Look at this again on")

    def clean_off_limits(self) -> list[str]:
        """One topic a line, each once."""
        lines = (line.strip(" ,;.\t") for line in self.cleaned_data["off_limits"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        """Quiet hours have two different ends; looking through the words needs words."""
        said = super().clean() or self.cleaned_data
        since, until = said.get("quiet_from"), said.get("quiet_to")
        if (since is None) != (until is None) and not {"quiet_from", "quiet_to"} & set(self.errors):
            self.add_error(
                "quiet_from" if since is None else "quiet_to", "Quiet hours need both a beginning and an end."
            )
        elif since is not None and since == until:
            self.add_error("quiet_to", "That would be quiet all day. Choose another hour for the end.")
        if said.get("analysis") and not said.get("recording"):
            self.add_error("analysis", "There is nothing to look through unless you may ask about recording, too.")
        for part in SECTIONS:
            if TO_FILL in said.get(f"words_{part.key}", ""):
                self.add_error(f"words_{part.key}", f"It still says “{TO_FILL}”. Write your own words, or take it out.")
        if not self.errors and not any(self.words.values()):
            self.add_error(None, "Every section is empty. Write at least one, so that there is something to agree on.")
        return said

    @property
    def settings(self) -> dict[str, Any]:
        """What the house will keep to."""
        return {name: said for name, said in self.cleaned_data.items() if not name.startswith("words_")}

    @property
    def section_fields(self) -> list[forms.BoundField]:
        """The words, section by section."""
        return [self[f"words_{part.key}"] for part in SECTIONS]

    @property
    def setting_fields(self) -> list[forms.BoundField]:
        """Everything else."""
        return [bound for bound in self if not bound.name.startswith("words_")]


class SignForm(forms.Form):
    """A signature: one's own name, typed."""

    name = forms.CharField(
        max_length=120,
        label="Your full name",
        help_text="Typing it here is your signature.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class TemplateForm(WordsForm):
    """A practice's own starting words."""

    title = forms.CharField(max_length=80, label="What this template is called")
    field_order = ("title",)


class AnswerForm(forms.Form):
    """The answer to an invitation."""

    answer = forms.ChoiceField(choices=[("yes", "Yes, I accept"), ("no", "Not for me")])

    @property
    def yes(self) -> bool:
        """Whether it is a yes."""
        return bool(self.cleaned_data["answer"] == "yes")


class EndForm(forms.Form):
    """When the work ended, and what came of it."""

    ended_on = DayField(label="Ended on", help_text="Today, or a day before.")
    gains = forms.CharField(
        required=False,
        max_length=4_000,
        label="What was gained, in the client's own words",
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *given: Any, since: date | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.since = since

    def clean_ended_on(self) -> date:
        """A day between the beginning and today; where it is still the day before the beginning, today will do."""
        day, today = self.cleaned_data["ended_on"], timezone.localdate()
        if day > today:
            raise forms.ValidationError("That day is still to come. End it on the day itself, or write today.")
        if self.since and day < min(self.since, today):
            raise forms.ValidationError("That is before the two of you began.")
        return day


class GainsForm(forms.Form):
    """What a client took from the work."""

    gains = forms.CharField(
        required=False, max_length=4_000, label="What you gained, in your own words", widget=forms.Textarea({"rows": 5})
    )


class SponsorForm(forms.Form):
    """A contact at whoever pays."""

    sponsor_name = forms.CharField(max_length=120, label="Their name", widget=forms.TextInput({"autocomplete": "off"}))
    organisation = forms.CharField(required=False, max_length=120, label="Organisation")
    sponsor_email = forms.EmailField(
        required=False, label="Their e-mail address", widget=forms.EmailInput({"autocomplete": "off"})
    )


class OfferForm(forms.Form):
    """Who could go on with somebody."""

    successor = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label="Who could go on with them",
        empty_label="Nobody for now",
        help_text="They are asked themselves, and so is this coach. Nobody reads anything before both have said yes.",
    )

    def __init__(self, *given: Any, practice: Practice, but: list[User], **named: Any) -> None:
        super().__init__(*given, **named)
        who: Any = self.fields["successor"]
        who.queryset = others_coaching(practice, *but)
        who.label_from_instance = lambda one: one.name


class HandOverForm(OfferForm):
    """Which coach a client is asked to go on with."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        who: Any = self.fields["successor"]
        who.required, who.label, who.empty_label = True, "Who could go on", "Choose a coach"


class ReleaseForm(AnswerForm):
    """What a client lets another coach read of their earlier work; nothing is ticked beforehand."""

    kinds = forms.MultipleChoiceField(
        choices=Kind.choices,
        required=False,
        label="What else may be read",
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave all of it empty, and nothing of this is. You can change it at any time.",
    )

    def __init__(self, *given: Any, handover: Handover, **named: Any) -> None:
        super().__init__(*given, initial={"kinds": handover.kinds}, **named)
        kinds: Any = self.fields["kinds"]
        kinds.choices = [(kind.value, handover.say(kind, "you")) for kind in Kind]

"""What comes in about goals, concerns, what is held of somebody, and moments that matter."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from holdspace.conversations.forms import NoteForm
from holdspace.conversations.models import NoSuchTime, Session, TimeTwice, utc_of
from holdspace.engagements.models import Engagement
from holdspace.people.forms import DayField, ZoneField
from holdspace.people.models import User
from holdspace.shell.templatetags.shell import day as told_day
from holdspace.vault.models import new_id

from .models import IN_WORDS, LABELS, Goal, Moment

SHORT, LONG = 300, 2_000
"""Characters in a line, and in a few sentences."""
RECENT = 12
"""Sessions offered as the place where something was said."""
FURTHEST = timedelta(days=5 * 366)
EMPTY = {"required": "There is nothing in it yet."}


def sentences(label: str, hint: str = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """A field for a few sentences."""
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(
        max_length=LONG, required=required, label=label, help_text=hint, widget=widget, error_messages=EMPTY
    )


class OnceForm(forms.Form):
    """A form that makes one thing, however often it is sent."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class WordsForm(OnceForm):
    """A few sentences, and nothing else."""

    words = sentences("In words")

    def __init__(
        self, *given: Any, label: str = "", hint: str = "", optional: bool = False, rows: int = 3, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        field = self.fields["words"]
        field.label, field.help_text, field.required = label or field.label, hint, not optional
        field.widget.attrs["rows"] = rows


class GoalForm(OnceForm):
    """What somebody wants, why, how much it counts, and whose idea it was."""

    title = forms.CharField(
        max_length=SHORT, label="The goal, in a line", widget=forms.TextInput({"autocomplete": "off"})
    )
    why = sentences("Why it matters", required=False)
    proposed_by = forms.ChoiceField(choices=Goal.Proposer, label="Whose idea it was", widget=forms.RadioSelect)
    weight = forms.TypedChoiceField(
        choices=[(1, "a little"), (2, "as much as the others"), (3, "most of all")],
        coerce=int,
        initial=2,
        label="How much it counts among your goals",
    )

    def __init__(self, *given: Any, engagement: Engagement | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        if engagement:
            names = (engagement.first, engagement.coach.first, "Both of us together")
            choice: Any = self.fields["proposed_by"]
            choice.choices = list(zip(Goal.Proposer.values, names, strict=True))

    @staticmethod
    def said_of(goal: Goal) -> dict[str, Any]:
        """What this form would say of a goal there is."""
        return {name: getattr(goal, name) for name in ("title", "why", "weight", "proposed_by")} | {"once": goal.pk}


LEVEL_FIELDS = {
    level: f"level_{'less' if level < 0 else 'more'}_{abs(level)}" if level else "level_0" for level in IN_WORDS
}


class LevelsForm(forms.Form):
    """Five sentences, one for each level, so that later there is nothing to argue about."""

    @property
    def levels(self) -> list[str]:
        """The five, from much less than hoped to much more."""
        return [self.cleaned_data[name] for name in LEVEL_FIELDS.values()]

    @staticmethod
    def said_of(goal: Goal) -> dict[str, Any]:
        """What this form would say of a goal there is."""
        return dict(zip(LEVEL_FIELDS.values(), goal.levels or [], strict=False))


LevelsForm.base_fields |= {
    name: forms.CharField(
        max_length=SHORT,
        label=IN_WORDS[level].capitalize(),
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "All five are needed: one sentence is enough."},
    )
    for level, name in LEVEL_FIELDS.items()
}


class RatingForm(OnceForm):
    """Where somebody sees a goal now."""

    attained = forms.TypedChoiceField(
        choices=[(level, words) for level, words in IN_WORDS.items()],
        coerce=int,
        widget=forms.RadioSelect,
        label="Where is it now?",
        error_messages={"required": "Choose the sentence that fits best, or leave it for another day."},
    )
    because = forms.CharField(required=False, max_length=SHORT, label="A word on why")

    def __init__(self, *given: Any, goal: Goal | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        if goal and goal.levels:
            choice: Any = self.fields["attained"]
            choice.choices = list(zip(IN_WORDS, goal.levels, strict=True))


class FromSessionForm(OnceForm):
    """Something that was said in a session, or between two."""

    came_up = forms.ModelChoiceField(
        queryset=Session.objects.none(), required=False, label="Where it came up", empty_label="Between sessions"
    )

    def __init__(
        self, *given: Any, engagement: Engagement | None = None, person: User | None = None, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        choice: Any = self.fields["came_up"]
        choice.label_from_instance = lambda session: f"The session of {told_day(session.starts_at)}"
        if engagement and person:
            held = Session.objects.visible_to(person).filter(engagement=engagement, starts_at__lte=timezone.now())
            choice.queryset = held.filter(pk__in=list(held.newest_first().values_list("pk", flat=True)[:RECENT]))


class ConcernForm(FromSessionForm):
    """A fear or doubt, in the client's own words."""

    words = sentences("In your own words", "As it feels, unfinished if it is: “What if I…”")
    share = forms.BooleanField(required=False, label="Let my coach read it")
    field_order = ("words", "came_up", "share")


class LabelForm(forms.Form):
    """What a concern is about, if the client wants to say."""

    about = forms.ChoiceField(
        required=False, choices=[("", "I'd rather not say"), *LABELS.items()], label="What it is about"
    )


class AnswerForm(forms.Form):
    """Whether the client feels heard."""

    quite = forms.ChoiceField(choices=[("yes", "Yes, that's it"), ("no", "Not quite")])
    missed = forms.CharField(required=False, max_length=LONG, label="What was missed")
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class OptionForm(OnceForm):
    """One way to go, with what speaks for it and against."""

    option = forms.CharField(
        max_length=SHORT, label="One way to go", widget=forms.TextInput({"autocomplete": "off"}), error_messages=EMPTY
    )
    speaks_for = forms.CharField(required=False, max_length=LONG, label="What speaks for it")
    speaks_against = forms.CharField(required=False, max_length=LONG, label="What speaks against it")


class IntensityForm(OnceForm):
    """How strong a concern is now; nothing is chosen before the client chooses."""

    strong = forms.TypedChoiceField(
        choices=[(str(level), str(level)) for level in range(11)],
        coerce=int,
        widget=forms.RadioSelect,
        label="How strong is it now? 0 is not at all, 10 completely",
        error_messages={"required": "Choose a number, or leave it for another day."},
    )
    feels = forms.CharField(required=False, max_length=SHORT, label="A word on it")


class TakeAlongForm(NoteForm):
    """What somebody takes along from a session, said so that both can read it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        words = self.fields["note"]
        words.label, words.help_text = "In a sentence or two", "Both of you can read it from then on."
        words.widget.attrs["rows"] = 3


class FactForm(FromSessionForm):
    """Something a coach wants to remember about the client."""

    held = sentences("What you want to remember", "The client sees it at once, and can correct, hide or delete it.")
    field_order = ("held", "came_up")


class MomentForm(OnceForm):
    """A day or an hour that matters."""

    kind = forms.ChoiceField(choices=Moment.Kind, label="What it is")
    label = forms.CharField(max_length=120, label="In your words", help_text="For example: the first day back at work.")
    day = DayField(label="The day")
    hour = forms.TimeField(required=False, label="The hour", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    timezone = ZoneField()
    ask = forms.BooleanField(required=False, initial=True, label="Ask afterwards, in one line, how it went")

    @staticmethod
    def said_of(moment: Moment) -> dict[str, Any]:
        """What this form would say of a moment there is."""
        told = {name: getattr(moment, name) for name in ("kind", "label", "day", "timezone")}
        return told | {"once": moment.pk, "hour": moment.time, "ask": moment.ask_at is not None}

    def clean_day(self) -> Any:
        """Today or later, and within a few years."""
        day, today = self.cleaned_data["day"], timezone.localdate()
        if day < today - timedelta(days=1):
            raise forms.ValidationError("That day has passed. Choose today or a later one.")
        if day > today + FURTHEST:
            raise forms.ValidationError("That is more than five years away. Note it when it comes nearer.")
        return day

    def clean(self) -> dict[str, Any]:
        """Find the moment; an hour the clocks skip or repeat gets a sentence."""
        said = super().clean() or self.cleaned_data
        said["time"], said["starts_at"] = said.get("hour"), None
        if said["time"] and {"day", "timezone"} <= said.keys():
            wall = datetime.combine(said["day"], said["time"])
            try:
                said["starts_at"] = utc_of(wall, ZoneInfo(said["timezone"]))
            except NoSuchTime:
                self.add_error("hour", "The clocks go forward over this time that day. Choose one an hour later.")
            except TimeTwice:
                self.add_error("hour", "The clocks go back that day and this time comes twice. Choose another.")
        return said


class ThoughtForm(OnceForm):
    """A coach's word before a moment."""

    thought = sentences("Your words", rows=6)


class WentForm(forms.Form):
    """How it went, in a word or two, a number, or both."""

    went = forms.CharField(
        required=False, max_length=LONG, label="In a word or two", widget=forms.Textarea({"rows": 3})
    )
    of_ten = forms.TypedChoiceField(
        required=False,
        choices=[("", "I'd rather not say"), *((str(level), str(level)) for level in range(11))],
        coerce=int,
        empty_value=None,
        label="From 0, not at all as I hoped, to 10, completely",
    )

    def clean(self) -> dict[str, Any]:
        """One of the two at least."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("went") and said.get("of_ten") is None:
            self.add_error("went", "There is nothing in it yet. A word is enough, or a number.")
        return said

"""What an owner writes about a breach."""

from typing import Any

from django import forms
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Goal
from holdspace.people.models import User


class BreachForm(forms.Form):
    """What happened, when it was noticed, how many people it touches."""

    what = forms.CharField(
        max_length=4_000,
        label="What happened",
        help_text="In your own words, naming nobody: what was seen, lost or sent, and to whom.",
        widget=forms.Textarea({"rows": 6}),
    )
    noticed_at = forms.DateTimeField(
        label="When it was noticed",
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    people = forms.IntegerField(
        required=False, min_value=0, max_value=1_000_000, label="How many people it touches", help_text="If you know."
    )

    def clean_noticed_at(self) -> Any:
        """Nobody notices what is still to come."""
        at = self.cleaned_data["noticed_at"]
        if at > timezone.now():
            raise forms.ValidationError("That is still to come. Write when it was noticed.")
        return at


class StepForm(forms.Form):
    """A step that was taken about a breach."""

    step = forms.ChoiceField(
        choices=[
            ("authority", "The authority was told"),
            ("people", "The people were told"),
            ("closed", "It is closed"),
        ],
        label="Which step",
    )
    done = forms.CharField(
        required=False,
        max_length=2_000,
        label="What was done, or why nothing was needed",
        widget=forms.Textarea({"rows": 3}),
    )


class WindowForm(forms.Form):
    """Which goal titles whoever pays may read; nothing is ticked beforehand."""

    goals = forms.ModelMultipleChoiceField(
        queryset=Goal.objects.none(),
        required=False,
        label="Goals whose title may be read",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, engagement: Engagement, person: User, **named: Any) -> None:
        super().__init__(*given, **named)
        which: Any = self.fields["goals"]
        which.queryset = Goal.objects.visible_to(person).filter(engagement=engagement).in_order()
        which.label_from_instance = lambda goal: goal.title


class TakeBackForm(forms.Form):
    """Which yes is taken back, behind a link: to a session, all the work, another coach, a mentor, or who pays."""

    session = forms.UUIDField(required=False)
    consent = forms.UUIDField(required=False)
    handover = forms.UUIDField(required=False)
    release = forms.UUIDField(required=False)
    window = forms.UUIDField(required=False)

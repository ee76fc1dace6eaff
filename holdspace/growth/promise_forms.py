"""What comes in about the client's road."""

from typing import Any

from django import forms
from django.utils.formats import date_format

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement
from holdspace.people.forms import DayField
from holdspace.people.models import User
from holdspace.vault.models import new_id

from .models import Commitment, Concern

# Promises

LONGEST = 500
RECENT = 30
"""How many sessions a promise may be said to be made in."""


def lines(rows: int = 2) -> forms.Textarea:
    """A field of a few lines."""
    return forms.Textarea({"rows": rows})


class PromiseForm(forms.Form):
    """A promise in words; `once` makes a repeated post the same promise."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    action = forms.CharField(max_length=LONGEST, widget=lines(), label="What is promised")
    promised_by = forms.ChoiceField(choices=Commitment.Owner, label="Who promises it")
    due_on = DayField(required=False, label="By which day", help_text="By the clock of whoever promises.")
    only_if = forms.CharField(
        required=False, max_length=LONGEST, label="When this happens", help_text="Such as “When it is Sunday evening”."
    )
    then = forms.CharField(
        required=False, max_length=LONGEST, label="I will do this", help_text="Such as “I open the laptop”."
    )
    proposed_by = forms.ChoiceField(choices=Commitment.Proposer, label="Whose idea was it")
    serves = forms.CharField(required=False, max_length=LONGEST, label="What it is good for")
    made_in = forms.ModelChoiceField(
        required=False, queryset=Session.objects.none(), label="Made in", empty_label="no session"
    )

    def __init__(self, *given: Any, engagement: Engagement, reader: User, **named: Any) -> None:
        super().__init__(*given, **named)
        coach, client = engagement.coach.first, engagement.first
        mine = reader.pk == engagement.coach_id
        names = [("coach", f"{coach} (you)" if mine else coach), ("client", client if mine else f"{client} (you)")]
        own: Any = self.fields["promised_by"]
        idea: Any = self.fields["proposed_by"]
        own.choices, idea.choices = names, [*reversed(names), ("joint", "both of you")]
        own.initial, idea.initial = ("coach", "coach") if mine else ("client", "client")
        chosen: Any = self.fields["made_in"]
        sessions = Session.objects.visible_to(reader).filter(engagement=engagement).newest_first()
        chosen.queryset = sessions.filter(pk__in=list(sessions.values_list("pk", flat=True)[:RECENT]))
        chosen.label_from_instance = lambda session: date_format(session.day, "l j F Y")

    def clean(self) -> dict[str, Any]:
        """Both halves of a plan, or none."""
        said = super().clean() or self.cleaned_data
        if bool(said.get("only_if")) != bool(said.get("then")):
            self.add_error("then" if said.get("only_if") else "only_if", "Say both halves, or leave both empty.")
        return said

    @property
    def said(self) -> dict[str, Any]:
        """The fields of a commitment."""
        told = self.cleaned_data
        plan = {"if": told["only_if"], "then": told["then"]} if told["only_if"] else None
        kept = {name: told[name] for name in ("action", "due_on", "proposed_by") if name in self.fields}
        more = {"owner": told["promised_by"]} if "promised_by" in self.fields else {}
        return kept | more | {"if_then": plan, "serves": told.get("serves") or None, "made_in": told.get("made_in")}

    @staticmethod
    def said_of(commitment: Commitment) -> dict[str, Any]:
        """What this form would say of a promise there is."""
        plan = commitment.if_then or {}
        return {
            "once": commitment.pk,
            "action": commitment.action,
            "promised_by": commitment.owner,
            "due_on": commitment.due_on,
            "only_if": plan.get("if"),
            "then": plan.get("then"),
            "proposed_by": commitment.proposed_by,
            "serves": commitment.serves,
            "made_in": commitment.made_in_id,
        }


class BetterForm(PromiseForm):
    """A promise said better: whose it is stays, and once there was a yes its day does too."""

    def __init__(self, *given: Any, commitment: Commitment, reader: User, **named: Any) -> None:
        named |= {"initial": self.said_of(commitment), "engagement": commitment.engagement, "reader": reader}
        super().__init__(*given, **named)
        del self.fields["promised_by"]
        if commitment.accepted_at:
            del self.fields["due_on"]


class StepPromiseForm(PromiseForm):
    """The smallest next step of a concern as a promise; what it is good for, the concern says."""

    def __init__(self, *given: Any, concern: Concern, reader: User, **named: Any) -> None:
        super().__init__(*given, engagement=concern.engagement, reader=reader, **named)
        del self.fields["serves"], self.fields["made_in"]
        self.fields["action"].initial = None if concern.commitment_id else concern.step
        self.fields["promised_by"].initial = Commitment.Owner.CLIENT


class MoveForm(forms.Form):
    """Another day for a promise."""

    new_day = DayField(label="The new day")


class DropForm(forms.Form):
    """Letting one's own promise go; a coach says a word about it."""

    owned = forms.CharField(required=False, max_length=LONGEST, widget=lines(), label="A word about it")

    def __init__(self, *given: Any, commitment: Commitment, **named: Any) -> None:
        super().__init__(*given, **named)
        if commitment.owner == Commitment.Owner.COACH:
            self.fields["owned"].required = True
            self.fields["owned"].help_text = f"{commitment.engagement.first} reads it with the promise."
            self.fields["owned"].error_messages["required"] = (
                f"Say a word to {commitment.engagement.first}: what happened, and that you know it."
            )


class OwnForm(forms.Form):
    """A word about a promise that was late or let go."""

    owned = forms.CharField(max_length=LONGEST, widget=lines(), label="A word about it")


class StuckForm(forms.Form):
    """What got in the way, and whether help would be welcome."""

    got_in_the_way = forms.CharField(required=False, max_length=LONGEST, widget=lines(), label="What got in the way?")
    wants_help = forms.BooleanField(required=False, label="I would like help with it")


class StepForm(forms.Form):
    """A smaller part of a promise; `once` makes a repeated post the same step."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    step = forms.CharField(max_length=200, label="A smaller step")


class AnswerForm(MoveForm, StuckForm):
    """What became of a promise, by a one-tap link: done, moved to another day, or stuck."""

    ANSWERS = (("done", "done"), ("moved", "moved"), ("stuck", "stuck"))
    became = forms.ChoiceField(choices=ANSWERS, label="What became of it")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        vars(self.fields["new_day"])["one_of"] = True  # one of three answers, so it isn't called optional
        self.fields["new_day"].required = (self.data or {}).get("became") == "moved"

"""What comes in about releasing a session to a mentor: the coach's question, and the client's answer."""

from typing import Any

from django import forms

from holdspace.engagements.forms import AnswerForm
from holdspace.people.models import User

from .models import Part, Release, Session, mentors_for, parts_of

LONGEST_QUESTION = 300


class MentorForm(forms.Form):
    """Which mentor would read what of a session, and what for; nothing is ticked beforehand."""

    whom = forms.ModelChoiceField(queryset=User.objects.none(), label="Which mentor", empty_label="Choose a mentor")
    kinds = forms.MultipleChoiceField(
        choices=Part.choices,
        label="What you ask for",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick what the mentor should read."},
    )
    question = forms.CharField(
        required=False,
        max_length=LONGEST_QUESTION,
        label="What you would like to learn",
        help_text="In one line, about your own work: “How do I ask less and listen more here?”",
    )

    def __init__(self, *given: Any, session: Session, **named: Any) -> None:
        super().__init__(*given, **named)
        self.there = parts_of(session)
        who: Any = self.fields["whom"]
        who.queryset = mentors_for(session.engagement)
        who.label_from_instance = lambda one: one.name
        kinds: Any = self.fields["kinds"]
        first = session.engagement.first
        kinds.choices = [(part.value, part.label.format(client=first, coach="you")) for part in self.there]


class Kinds(forms.MultipleChoiceField):
    """What goes with a yes and not with a no, so it isn't called optional."""

    one_of = True


class MentorAnswerForm(AnswerForm):
    """The client's answer, and what of it may be read: all that was asked, or less; nothing is ticked beforehand."""

    kinds = Kinds(choices=Part.choices, required=False, label="What may be read", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *given: Any, release: Release, **named: Any) -> None:
        super().__init__(*given, **named)
        kinds: Any = self.fields["kinds"]
        kinds.choices = [(part, release.say(Part(part), "you")) for part in release.asked.split()]

    def clean(self) -> dict[str, Any]:
        """A yes is a yes to something."""
        said = super().clean() or self.cleaned_data
        if said.get("answer") == "yes" and not said.get("kinds") and "kinds" not in self.errors:
            self.add_error("kinds", "Tick what may be read, or say that it isn't for you.")
        return said

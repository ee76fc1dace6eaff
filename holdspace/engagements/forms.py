"""What a coach writes when beginning with a client."""

from django import forms

from holdspace.people.forms import ZoneField
from holdspace.people.models import User


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
        label="Their e-mail address",
        help_text="They can sign in with it by a code. Leave it empty if they would rather not.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    timezone = ZoneField()
    field_order = ("name", "email", "timezone", "purpose", "rhythm")

    def clean_email(self) -> str | None:
        """An address as we keep it."""
        return User.objects.tidy(self.cleaned_data["email"])

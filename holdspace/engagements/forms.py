"""What a coach writes when beginning with a client."""

from django import forms

from holdspace.people.forms import ZoneField
from holdspace.people.models import User


class ClientForm(forms.Form):
    """A person to coach, and what for."""

    name = forms.CharField(max_length=120, label="Their name", widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        required=False,
        label="Their e-mail address",
        help_text="They can sign in with it by a code. Leave it empty if they would rather not.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    timezone = ZoneField()
    purpose = forms.CharField(
        required=False,
        max_length=2_000,
        label="What they come for, in their own words",
        widget=forms.Textarea({"rows": 3}),
    )
    rhythm = forms.CharField(
        required=False, max_length=60, label="How often you meet", help_text="For example: every two weeks."
    )

    def clean_email(self) -> str | None:
        """An address as we keep it."""
        return User.objects.tidy(self.cleaned_data["email"])

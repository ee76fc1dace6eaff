"""What people write about themselves."""

import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from .begin import FirstCoach
from .models import User


def zones() -> list[tuple[str, str]]:
    """Time zones a person would pick from: places, by name."""
    places = (zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix")))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in sorted(places))]


class ZoneField(forms.ChoiceField):
    """A time zone by the name of a place."""

    def __init__(self, **given: Any) -> None:
        super().__init__(choices=zones, label="Time zone", help_text="Times are shown in this zone.", **given)


class BeginForm(forms.Form):
    """The practice and its first coach."""

    practice = forms.CharField(max_length=120, label="Name of the practice", help_text="What clients call it.")
    name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label="Your e-mail address", widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label="A password",
        help_text="Twelve characters or more. A sentence is easier to remember than symbols.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
    )
    timezone = ZoneField()

    def clean_password(self) -> str:
        """Refuse what is easily guessed."""
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]

    def coach(self) -> FirstCoach:
        """The first coach as written."""
        said = self.cleaned_data
        return FirstCoach(said["name"], User.objects.tidy(said["email"]) or "", said["password"], said["timezone"])


class MeForm(forms.ModelForm):
    """A person's own name and zone."""

    timezone = ZoneField()

    class Meta:
        model = User
        fields = ("name", "timezone")
        labels = {"name": "Your name"}
        widgets = {"name": forms.TextInput({"autocomplete": "name"})}

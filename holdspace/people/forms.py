"""What people write about themselves."""

import zoneinfo
from datetime import date, timedelta
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from .begin import FirstCoach, Newcomer
from .code import StaleCode, WrongCode
from .models import Practice, Seat, User
from .passkeys import Credential

ONE_TIME = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
FAR = timedelta(days=3660)
"""How far ahead a day may lie."""


def zones() -> list[tuple[str, str]]:
    """Time zones a person would pick from: places, by name."""
    places = (zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix")))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in sorted(places))]


class ZoneField(forms.ChoiceField):
    """A time zone by the name of a place."""

    def __init__(self, **given: Any) -> None:
        super().__init__(choices=zones, label="Time zone", help_text="Times are shown in this zone.", **given)


class DayField(forms.DateField):
    """A day that can be lived: not before this house, not ten years ahead."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: Any) -> None:
        """Refuse what nobody means."""
        super().validate(value)
        if value and not date(2000, 1, 1) <= value <= timezone.localdate() + FAR:
            raise forms.ValidationError("Choose a day after 1999 and within the next ten years.")


class BeginForm(forms.Form):
    """The practice and its first coach."""

    practice = forms.CharField(max_length=120, label="Name of the practice", help_text="What clients call it.")
    name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        max_length=254, label="Your e-mail address", widget=forms.EmailInput({"autocomplete": "email"})
    )
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


class CodeForm(forms.Form):
    """The code that was posted to an address."""

    code = forms.CharField(max_length=40, label="The code from the mail", widget=forms.TextInput(ONE_TIME))

    def refuse(self, trouble: WrongCode | StaleCode) -> None:
        """Say what is wrong with it."""
        if isinstance(trouble, WrongCode):
            self.add_error("code", "That is not the code we sent. Look at the newest mail, and mind the letters.")
        else:
            self.add_error("code", "That code no longer counts. Have a fresh one sent to you.")


class AddressForm(forms.Form):
    """A new address of one's own."""

    email = forms.EmailField(
        max_length=254, label="Your new address", widget=forms.EmailInput({"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        """An address as we keep it."""
        return User.objects.tidy(self.cleaned_data["email"]) or ""


class InviteForm(forms.Form):
    """Who is asked in, and as what."""

    email = forms.EmailField(
        max_length=254, label="Their e-mail address", widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label="What they would do here",
        choices=[
            (Seat.Role.COACH, "Coach: works with people of their own, whom nobody else reads"),
            (Seat.Role.MENTOR, "Mentor: sees only what a coach and a client release"),
            (Seat.Role.OWNER, "Owner: looks after the practice, and reads nobody's conversations"),
        ],
        widget=forms.RadioSelect,
    )

    def clean_email(self) -> str:
        """An address as we keep it."""
        return User.objects.tidy(self.cleaned_data["email"]) or ""


class InPlaceForm(forms.Form):
    """Who owns the practice from now on; somebody who sits there already."""

    to = forms.ModelChoiceField(queryset=User.objects.none(), label="Who owns it in your place", empty_label="Choose")

    def __init__(self, *given: Any, practice: Practice, **named: Any) -> None:
        super().__init__(*given, **named)
        seats = Seat.objects.access_system("who sits there").live().filter(practice=practice)
        owners = seats.filter(role=Seat.Role.OWNER).values("user")
        who: Any = self.fields["to"]
        who.queryset = User.objects.filter(pk__in=seats.values("user")).exclude(pk__in=owners).order_by("name", "pk")
        who.label_from_instance = lambda one: one.name


class AcceptForm(CodeForm):
    """Somebody new takes a seat."""

    name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput({"autocomplete": "name"}))
    timezone = ZoneField()

    def newcomer(self) -> Newcomer:
        """Themselves, as written."""
        return Newcomer(self.cleaned_data["name"], self.cleaned_data["timezone"])


class FactorForm(AuthenticateForm):
    """The second step of signing in, by app or by recovery code."""

    code = forms.CharField(
        max_length=40,
        label="The code from your app",
        help_text="Six digits. Without the app, one of your recovery codes opens the door too.",
        widget=forms.TextInput(ONE_TIME),
    )


class FactorAgainForm(ReauthenticateForm):
    """The same, to show that it is still you."""

    code = forms.CharField(
        max_length=40, label="The code from your app, or a recovery code", widget=forms.TextInput(ONE_TIME)
    )


class AppForm(ActivateTOTPForm):
    """The first code of an app that was just set up."""

    code = forms.CharField(
        max_length=40, label="The six digits it shows now", widget=forms.TextInput(ONE_TIME | {"inputmode": "numeric"})
    )


class PasskeyForm(AddWebAuthnForm):
    """A new passkey and what it is called."""

    credential = Credential(RegistrationResponse)
    name = forms.CharField(required=False, max_length=60, label="What you call it", help_text="For example: my phone.")
    passwordless = forms.BooleanField(
        required=False,
        initial=True,
        label="It alone opens the door",
        help_text="Then neither password nor code is asked for: the device makes sure that it is you.",
    )


class PasskeyStepForm(AuthenticateWebAuthnForm):
    """The second step of signing in, by passkey."""

    credential = Credential(AuthenticationResponse)


class PasskeyAgainForm(ReauthenticateWebAuthnForm):
    """A passkey, to show that it is still you."""

    credential = Credential(AuthenticationResponse)


class PasskeyAloneForm(LoginWebAuthnForm):
    """A passkey that opens the door by itself."""

    credential = Credential(AuthenticationResponse)


class RenameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(max_length=60, label="What you call it")

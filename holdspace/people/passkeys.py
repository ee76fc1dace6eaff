"""What a browser says a passkey answered: read once with care, since anything at all can be posted."""

import struct
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

LONGEST = 20_000
DEEPEST = 40
"""Brackets in a credential: a real one has five or six."""
UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, struct.error)
"""What the reader of such answers raises when they are none."""


class Credential(forms.JSONField):
    """The answer of a passkey; whatever is not of its shape gets one sentence."""

    widget = forms.HiddenInput

    def __init__(self, shape: type[RegistrationResponse | AuthenticationResponse], **given: Any) -> None:
        self.shape = shape
        super().__init__(**given)

    def to_python(self, value: Any) -> Any:
        """Read with the reader that will be used, before anything else touches it."""
        refusal = ValidationError("The answer of your passkey did not arrive whole. Try again.")
        text = value if isinstance(value, str) else ""
        if len(text) > LONGEST or text.count("[") + text.count("{") > DEEPEST:
            raise refusal
        try:
            read = super().to_python(value)
            if read is not None:
                self.shape.from_dict(read)
        except (*UNREADABLE, ValidationError):
            raise refusal from None
        return read

"""Second factors: who has one, and their seeds sealed for the one person they belong to."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from holdspace.vault.cipher import Place
from holdspace.vault.models import Key, SealBroken

from .models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one that was lost."""


class Factors(DefaultMFAAdapter):
    """Seeds are sealed under the door's key and bound to their person: copied to another's row they open nothing."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That opens nothing. Look at what your app shows now, or try another recovery code.",
    }

    def encrypt(self, text: str) -> str:
        """The seed, sealed for the person at the door."""
        return urlsafe_b64encode(door_key().opened().seal(text.encode(), self._place())).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The seed of the person at the door; raises SealBroken for anything but their own."""
        try:
            token = urlsafe_b64decode(encrypted_text.encode("ascii"))
        except ValueError:
            raise SealBroken("no token at all") from None
        return door_key().opened().open(token, self._place()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The code to be scanned, dark on white in every light, with the quiet margin that cameras want."""
        drawn = super().build_totp_svg(url)
        start = drawn.index("<path")
        return f'{drawn[:start]}<rect width="100%" height="100%" fill="#fff"/>{drawn[start:]}'

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner says otherwise."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return "My passkey" if not count else f"My passkey {count + 1}"

    def _place(self) -> Place:
        return Place("mfa_authenticator", at_the_door().pk, "second factor")


def at_the_door() -> User:
    """Whoever is signed in, or on the way in past the first step; raises SealBroken where it is nobody."""
    request = context.request
    if request.user.is_authenticated:
        return request.user  # type: ignore[no-any-return]
    stage = getattr(request, "_login_stage", None)
    if stage is None or stage.login.user is None:
        raise SealBroken("a seed is opened for its own person alone")
    return stage.login.user  # type: ignore[no-any-return]


def has_factor(person: User) -> bool:
    """Whether a second factor stands at this person's door."""
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def door_key() -> Key:
    """The key that seeds are sealed with; made with the first of them."""
    known = Key.objects.filter(kind="door").first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Key.make("door")
    except IntegrityError:  # another process came first
        return Key.objects.get(kind="door")

"""Signing in by a practice's own OpenID Connect service; only the host can name one, and only known people come in.

The library looks for its providers in a module of this name.
"""

import functools
import hashlib
from typing import Any

import jwt
import requests
from allauth.account.adapter import get_adapter as get_door
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from .models import User

COMPANY = "company"
SAFE = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures that only the service itself can make; never one that shares our secret, never none."""
NO_ANSWER = (requests.RequestException, ValueError, TypeError, LookupError, AttributeError)
NO_TOKEN = (jwt.PyJWTError, *NO_ANSWER)


class Company(OpenIDConnectOAuth2Adapter):
    """Talks with the service: what it says of itself is held against the settings, what it signs is checked."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the service says of itself; raises OAuth2Error unless it is the one in the settings."""
        if not hasattr(self, "_openid_config"):
            issuer = self.get_provider().app.settings["server_url"]
            try:
                found = super().openid_config
                honest = found["issuer"].rstrip("/") == issuer
            except NO_ANSWER:
                raise OAuth2Error("the service does not answer as it should") from None
            if not honest:
                del self._openid_config
                raise OAuth2Error("the service calls itself something else")
        return dict(self._openid_config)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the service sends people back to."""
        return request.build_absolute_uri(reverse("company_back"))

    def get_access_token_data(self, *given: Any, **named: Any) -> Any:
        """The answer to the code; raises OAuth2Error for none."""
        try:
            return super().get_access_token_data(*given, **named)
        except NO_ANSWER:
            raise OAuth2Error("no token came") from None

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **named: Any) -> SocialLogin:
        """Who it is, by the signed token alone."""
        claims = self.verified(app, named["response"].get("id_token"))
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def verified(self, app: SocialApp, token: Any) -> dict[str, Any]:
        """The claims of a token that the service signed for us, lately; raises OAuth2Error for any other."""
        try:
            with get_adapter().get_requests_session() as session:
                keys = jwt.PyJWKSet.from_dict(session.get(self.openid_config["jwks_uri"]).json())
            claims: dict[str, Any] = jwt.decode(
                token,
                keys[jwt.get_unverified_header(token)["kid"]],
                algorithms=SAFE,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=30,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except NO_TOKEN:
            raise OAuth2Error("not a token of this service for this house") from None
        if claims.get("azp", app.client_id) != app.client_id or not str(claims["sub"]):
            raise OAuth2Error("a token for somebody else")
        return claims


class CompanyProvider(OpenIDConnectProvider):
    """The one service that the settings name."""

    id = COMPANY
    oauth2_adapter_class = Company

    def get_login_url(self, request: HttpRequest, **more: Any) -> str:
        """Where signing in by it begins."""
        return reverse("company_door")

    def get_callback_url(self) -> str:
        """Where it sends people back to."""
        return reverse("company_back")

    def extract_uid(self, said: dict[str, Any]) -> str:
        """Issuer and subject together are who somebody is; a digest of the two is enough to know them again."""
        claims = said["id_token"]
        return hashlib.sha256(f"{claims['iss']}\0{claims['sub']}".encode()).hexdigest()

    def extract_extra_data(self, said: dict[str, Any]) -> dict[str, Any]:
        """Nothing else is kept."""
        return {}

    def extract_email_addresses(self, said: dict[str, Any]) -> list[EmailAddress]:
        """The address, where the service says in so many words that it was proved."""
        claims = said["id_token"]
        address = User.objects.tidy(str(claims.get("email") or ""))
        proved = claims.get("email_verified") is True
        return [EmailAddress(email=address, verified=True, primary=True)] if address and proved else []


class CompanyDoor(DefaultSocialAccountAdapter):
    """Lets in whoever is known already, and nobody else; the first time by an address of the service's own domains."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Closed, always."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Known from before, or known by a proved address; otherwise a kind page."""
        if sociallogin.state.get("process") != "login" or request.user.is_authenticated:
            raise ImmediateHttpResponse(redirect("company_unknown"))
        if sociallogin.is_existing:
            return
        person = self.known(sociallogin)
        if person is None:
            raise ImmediateHttpResponse(redirect("company_unknown"))
        sociallogin.connect(request, person)

    def known(self, sociallogin: SocialLogin) -> User | None:
        """The person with this address, if it is the service's to vouch for, and they have no other identity there."""
        domains = sociallogin.provider.app.settings["domains"]
        for address in (one.email for one in sociallogin.email_addresses if one.verified):
            person = User.objects.filter(email=address, closed_at=None).first()
            if address.partition("@")[2] in domains and person is not None:
                return None if SocialAccount.objects.filter(user=person, provider=COMPANY).exists() else person
        return None

    def get_requests_session(self) -> requests.Session:
        """Five seconds, and no following elsewhere."""
        session = super().get_requests_session()
        session.request = functools.partial(session.request, allow_redirects=False)  # type: ignore[method-assign]
        return session

    def send_notification_mail(self, *given: Any, **named: Any) -> None:
        """By the door, which signs other browsers out."""
        get_door().send_notification_mail(*given, **named)


provider_classes = [CompanyProvider]

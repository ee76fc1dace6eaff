"""Signing in by a practice's own service, against a real one."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from holdspace.people.models import Invitation, Practice, User
from holdspace.people.tests.comers import come_in, digits, fresh, is_in, set_up_app, words
from holdspace.people.tests.service import CLIENT, SECRET, Service, running


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    settings.ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": "*"}]  # coming back loads its session anew
    with running() as there:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "company": {
                "OAUTH_PKCE_ENABLED": True,
                "APP": {
                    "provider_id": "company",
                    "name": "Northwind",
                    "client_id": CLIENT,
                    "secret": SECRET,
                    "settings": {"server_url": there.issuer, "domains": ["example.org"]},
                },
            }
        }
        yield there


def enter(service: Service, there: Client | None = None) -> tuple[Client, Any]:
    """Through the door, to the service, and back."""
    there = there or Client(raise_request_exception=False)
    gone = there.get(reverse("company_door"))
    assert gone.status_code == 302, gone.content.decode()
    return there, there.get(service.agree(gone.url))


def test_somebody_known_comes_in(service: Service, ana: User) -> None:
    assert "Sign in with Northwind" in words(Client().get(reverse("account_login")))
    there, answer = enter(service)
    assert answer.url == "/"
    assert is_in(there)
    assert "Opens the door since" in words(there.get(reverse("ways_in")))
    assert mail.outbox[-1].subject == "Another way to sign in was added"


def test_who_somebody_is_are_issuer_and_subject_and_nothing_else_is_kept(service: Service, ana: User) -> None:
    enter(service)
    account = SocialAccount.objects.get(user=ana)
    assert len(account.uid) == 64
    assert (account.extra_data, SocialToken.objects.count()) == ({}, 0)
    service.who = {"sub": "u-1", "email": "another@elsewhere.example", "email_verified": True}
    assert is_in(enter(service)[0]), "the address may change, the person stays"


def test_an_address_given_to_somebody_new_does_not_open_the_old_ones_door(service: Service, ana: User) -> None:
    enter(service)
    service.who["sub"] = "u-2"
    there, answer = enter(service)
    assert answer.url == reverse("company_unknown")
    assert not is_in(there)
    assert SocialAccount.objects.count() == 1


def test_the_same_subject_of_another_service_is_another_person(service: Service, ana: User, settings: Any) -> None:
    enter(service)
    SocialAccount.objects.update(uid="0" * 64)  # as if another service had signed
    there, answer = enter(service)
    assert answer.url == reverse("company_unknown")
    assert not is_in(there)


@pytest.mark.parametrize(
    "who",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": ""},
        {"email": None},
        {"email": ["ana@example.org"]},
        {"email": "ana@example.org.evil.example"},
        {"email": "ana@example.org\n"},
    ],
)
def test_nobody_is_made_known(service: Service, ana: User, who: dict[str, Any]) -> None:
    service.who |= who
    there, answer = enter(service)
    known = (service.who["email"] or "") == "ana@example.org\n"
    assert answer.url == ("/" if known else reverse("company_unknown"))
    assert is_in(there) == known
    assert User.objects.filter(email__isnull=False).count() == 2


def test_an_address_of_another_domain_is_not_theirs_to_vouch_for(service: Service, ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(email="ana@elsewhere.example")
    service.who["email"] = "ana@elsewhere.example"
    there, _ = enter(service)
    assert not is_in(there)


def test_somebody_invited_is_told_to_open_the_link_first(service: Service, practice: Practice, dov: User) -> None:
    Invitation.make(practice, "coach", "fay@example.org", by=dov)
    service.who["email"] = "fay@example.org"
    there, answer = enter(service)
    assert "open its link first" in words(there.get(answer.url))
    assert not User.objects.filter(email="fay@example.org").exists()


def test_a_closed_person_does_not_come_in(service: Service, ana: User) -> None:
    enter(service)
    User.objects.filter(pk=ana.pk).update(closed_at=now())
    assert not is_in(enter(service)[0])
    SocialAccount.objects.all().delete()
    assert not is_in(enter(service)[0])


def test_a_second_step_is_still_asked_for(service: Service, ana: User) -> None:
    secret = set_up_app(fresh(ana))
    there, answer = enter(service)
    assert answer.url == reverse("mfa_authenticate")
    assert not is_in(there)
    there.post(answer.url, {"code": digits(secret)})
    assert is_in(there)


def test_the_first_time_ends_the_other_sessions(service: Service, ana: User) -> None:
    there = come_in(ana)
    enter(service)
    assert not is_in(there)


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://evil.example"},
        {"aud": "another house"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": 1},
        {"iat": 4_000_000_000},
        {"sub": ""},
        {"issuer": "https://evil.example"},
    ],
)
def test_a_token_that_is_not_for_us_now_opens_nothing(service: Service, ana: User, lies: dict[str, Any]) -> None:
    service.lies = lies
    there = Client(raise_request_exception=False)
    gone = there.get(reverse("company_door"))
    if gone.status_code == 302:
        gone = there.get(service.agree(gone.url))
    assert gone.status_code == 401
    assert "did not answer as it should" in words(gone)
    assert not is_in(there)


@pytest.mark.parametrize("how", ["another key", "shared secret", "none"])
def test_only_the_services_own_signature_counts(service: Service, ana: User, how: str) -> None:
    keys = {"another key": (generate_private_key(65537, 2048), "RS256"), "shared secret": (SECRET, "HS256")}
    service.signs_with, service.algorithm = keys.get(how, ("", "none"))
    there, answer = enter(service)
    assert answer.status_code == 401
    assert not is_in(there)


def test_an_answer_nobody_asked_for_is_refused(service: Service, ana: User) -> None:
    victim, attacker = Client(raise_request_exception=False), Client()
    back = service.agree(attacker.get(reverse("company_door")).url)
    assert victim.get(back).status_code == 401
    assert not is_in(victim)
    first = enter(service)[1]
    assert first.status_code == 302
    for query in ("", "?state=x", "?code=x", "?state=x&code=y", "?error=access_denied"):
        assert Client(raise_request_exception=False).get(reverse("company_back") + query).status_code == 401


def test_a_code_opens_once(service: Service, ana: User) -> None:
    there = Client(raise_request_exception=False)
    back = service.agree(there.get(reverse("company_door")).url)
    there.get(back)
    there.post(reverse("account_logout"))
    assert there.get(back).status_code == 401
    assert not is_in(there)


def test_turning_back_at_the_service_is_a_kind_page(service: Service, ana: User) -> None:
    there = Client(raise_request_exception=False)
    back = service.agree(there.get(reverse("company_door")).url)
    state = back.partition("state=")[2]
    answer = there.get(f"{reverse('company_back')}?error=access_denied&state={state}")
    assert answer.url == reverse("company_unknown")


def test_whoever_is_signed_in_is_not_joined_to_an_identity(service: Service, ana: User, ben: User) -> None:
    there = come_in(ben)
    for path in (reverse("company_door"), reverse("company_door") + "?process=connect"):
        there.get(service.agree(there.get(path).url))
    assert not SocialAccount.objects.exists()


def test_a_service_that_is_down_is_said_kindly(service: Service, ana: User, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["company"]["APP"]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = Client(raise_request_exception=False).get(reverse("company_door"))
    assert answer.status_code == 401
    assert "did not answer" in words(answer)


def test_doing_without_it(service: Service, ana: User) -> None:
    enter(service)
    there = come_in(ana)
    assert there.post(reverse("company_part")).url.startswith(reverse("account_reauthenticate"))
    assert SocialAccount.objects.exists()
    fresh(ana).post(reverse("company_part"))
    assert not SocialAccount.objects.exists()
    assert not is_in(there), "other sessions end with it"


def test_where_none_is_named_there_is_no_such_door(db: None) -> None:
    assert Client().get(reverse("company_door")).status_code == 404
    assert Client().get(reverse("company_back")).status_code == 404
    assert "Sign in with" not in words(Client().get(reverse("account_login")))

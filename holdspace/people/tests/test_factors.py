"""Second factors: an app with codes, recovery codes, and seeds that open for nobody else."""

import re

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from holdspace.people.factors import Factors, at_the_door, door_key
from holdspace.people.models import User
from holdspace.people.tests.comers import code_in_mail, come_in, digits, fresh, is_in, set_up_app, words
from holdspace.vault.models import Key, SealBroken, Trace


def second_step(person: User, code: str) -> Client:
    there = come_in(person)
    assert not is_in(there), "the first step alone opened the door"
    there.post(reverse("mfa_authenticate"), {"code": code})
    return there


def test_an_app_is_asked_for_after_the_password(ben: User) -> None:
    secret = set_up_app(fresh(ben))
    assert is_in(second_step(ben, digits(secret)))


def test_a_wrong_a_used_and_an_old_code_open_nothing(ben: User) -> None:
    secret = set_up_app(fresh(ben))
    shown = digits(secret)
    assert is_in(second_step(ben, shown))
    assert not is_in(second_step(ben, shown)), "a code counts once"
    assert not is_in(second_step(ben, digits(secret, later=-4)))
    assert not is_in(second_step(ben, "000000" if shown != "000000" else "111111"))


def test_a_login_by_code_is_asked_for_it_too(ben: User) -> None:
    secret = set_up_app(fresh(ben))
    there = Client()
    there.post(reverse("account_request_login_code"), {"email": ben.email})
    there.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})
    assert not is_in(there)
    there.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    assert is_in(there)


def test_recovery_codes_are_shown_once_and_each_opens_once(ben: User) -> None:
    there = fresh(ben)
    set_up_app(there)
    codes = re.findall(r"<code>(\d{8})</code>", words(there.get(reverse("mfa_view_recovery_codes"))))
    assert len(set(codes)) == 10
    assert codes[0] not in words(there.get(reverse("mfa_view_recovery_codes")))
    assert there.get(reverse("mfa_download_recovery_codes")).status_code in (403, 404)
    assert is_in(second_step(ben, codes[0]))
    assert not is_in(second_step(ben, codes[0]))
    assert "9 left" in words(there.get(reverse("ways_in")) if is_in(there) else second_step(ben, codes[1]).get("/"))


def test_new_recovery_codes_end_the_old_ones(ben: User) -> None:
    there = fresh(ben)
    set_up_app(there)
    old = re.findall(r"<code>(\d{8})</code>", words(there.get(reverse("mfa_view_recovery_codes"))))
    there.post(reverse("mfa_generate_recovery_codes"))
    assert not is_in(second_step(ben, old[0]))


def test_no_seed_stands_in_the_tables(ben: User) -> None:
    there = fresh(ben)
    secret = set_up_app(there)
    seeds = [str(row.data) for row in Authenticator.objects.filter(user=ben)]
    assert len(seeds) == 2
    with connection.cursor() as cursor:
        cursor.execute("select data from mfa_authenticator")
        stored = str(cursor.fetchall())
    assert secret not in stored
    assert not re.search(r"[0-9a-f]{80}", stored), "the seed of the recovery codes lies open"
    assert secret not in str(dict(there.session)), "what was shown while setting up is forgotten"


def test_a_seed_copied_to_another_opens_nothing(ben: User, cleo: User) -> None:
    bens, cleos = set_up_app(fresh(ben)), set_up_app(fresh(cleo))
    stolen = Authenticator.objects.get(user=cleo, type="totp").data
    Authenticator.objects.filter(user=ben, type="totp").update(data=stolen)
    assert not is_in(second_step(ben, digits(cleos)))
    assert not is_in(second_step(ben, digits(bens)))


def test_a_seed_opens_only_for_somebody_at_the_door(ben: User, cleo: User) -> None:
    request = RequestFactory().get("/")
    request.user = ben
    with context.request_context(request):
        token = Factors().encrypt("a seed")
        assert Factors().decrypt(token) == "a seed"
        for broken in (token[:-4] + "AAAA", "plain text", ""):
            with pytest.raises(SealBroken):
                Factors().decrypt(broken)
        request.user = cleo
        with pytest.raises(SealBroken):
            Factors().decrypt(token)
        request.user = type("Nobody", (), {"is_authenticated": False})()
        with pytest.raises(SealBroken):
            at_the_door()


def test_the_doors_key_is_made_once(db: None) -> None:
    assert door_key() == door_key()
    assert Key.objects.filter(kind="door").count() == 1


def test_adding_and_taking_away_signs_out_elsewhere_is_told_and_traced(transactional_db: None, ben: User) -> None:
    here, elsewhere = fresh(ben), come_in(ben)
    set_up_app(here)
    assert is_in(here)
    assert not is_in(elsewhere)
    assert mail.outbox[-1].subject == "A second step was added"
    assert mail.outbox[-1].to == [ben.email]
    elsewhere = second_step(ben, digits(_secret_of(ben, here)))
    here.post(reverse("mfa_deactivate_totp"))
    assert is_in(here)
    assert not is_in(elsewhere)
    assert not Authenticator.objects.filter(user=ben).exists(), "recovery codes alone are nothing"
    told = Trace.objects.visible_to(ben).filter(verb="changed locks").order_by("number")
    assert [trace.detail for trace in told] == ["totp_activated", "totp_deactivated"]


def _secret_of(person: User, there: Client) -> str:
    request = RequestFactory().get("/")
    request.user = person
    with context.request_context(request):
        return Factors().decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])


@pytest.mark.parametrize(
    "page", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "account_set_password"]
)
def test_nothing_is_changed_before_a_fresh_look(ben: User, page: str) -> None:
    there = come_in(ben)
    for answer in (there.get(reverse(page)), there.post(reverse(page), {"code": "123456"})):
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_reauthenticate"))


def test_the_fresh_look_goes_stale(ben: User, settings: object) -> None:
    there = fresh(ben)
    assert there.get(reverse("mfa_activate_totp")).status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert there.get(reverse("mfa_activate_totp")).status_code == 302


def test_guessing_stops_after_five(ben: User) -> None:
    secret = set_up_app(fresh(ben))
    there = come_in(ben)
    for _ in range(5):
        there.post(reverse("mfa_authenticate"), {"code": "000000"})
    there.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    assert not is_in(there), "the right code after five wrong ones"


def test_a_closed_person_is_not_let_in_by_the_second_step(ben: User) -> None:
    secret = set_up_app(fresh(ben))
    there = come_in(ben)
    User.objects.filter(pk=ben.pk).update(closed_at="2026-01-01T00:00Z")
    there.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    assert not is_in(there)


@pytest.mark.parametrize(
    "credential", ['["a"]', '"x"', "7", "null", "{}", '{"response": []}', '{"id": 1}', "{", "true"]
)
@pytest.mark.parametrize("door", ["mfa_login_webauthn", "mfa_authenticate", "mfa_add_webauthn"])
def test_nonsense_for_a_passkey_is_refused_kindly(ben: User, door: str, credential: str) -> None:
    there = fresh(ben)
    if door == "mfa_authenticate":
        set_up_app(there)
        there = come_in(ben)
    if door == "mfa_login_webauthn":
        there = Client(raise_request_exception=False)
        there.get(reverse(door), headers={"accept": "application/json"})
    there.get(reverse(door))
    answer = there.post(reverse(door), {"credential": credential})
    assert answer.status_code in (200, 302), answer.status_code
    assert door == "mfa_add_webauthn" or not is_in(there)

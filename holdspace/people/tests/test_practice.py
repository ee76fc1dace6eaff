"""The practice as its owner sees it, and asking somebody in."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from holdspace.people.models import AlreadySeated, Invitation, Link, NotTheOwner, Practice, Seat, User
from holdspace.people.tests.comers import code_in_mail, come_in, fresh, is_in, set_up_app, words
from holdspace.vault.models import Trace
from tests.cast import PASSWORD, browser

FAY = "fay@example.org"


def ask(dov: User, practice: Practice, address: str = FAY, role: str = "coach") -> str:
    """Invite through the page; gives the link's path as it stands in the mail."""
    fresh(dov).post(reverse("invite", args=[practice.pk]), {"email": address, "role": role})
    found = re.search(r"https?://[^/\s]+(/k/invitation/\S+)", str(mail.outbox[-1].body))
    assert found
    assert mail.outbox[-1].to == [address]
    return found[1]


def accept(path: str, there: Client | None = None, **other: str):
    there = there or Client(raise_request_exception=False)
    there.post(path, {"send": "yes"})
    return there.post(path, {"code": code_in_mail(), "name": "Fay", "timezone": "Europe/London"} | other)


def seats_of(address: str) -> list[str]:
    rows = Seat.objects.access_system("what came of it").live()
    return sorted(rows.filter(user__email=address).values_list("role", flat=True))


def test_the_owner_sees_who_sits_where(practice: Practice, dov: User, ana: User, django_assert_max_num_queries) -> None:
    there = come_in(dov)
    with django_assert_max_num_queries(8):
        page = words(there.get(reverse("practice", args=[practice.pk])))
    assert "Ana" in page
    assert "Dov, you" in page


@pytest.mark.parametrize("person", ["ana", "ben", "cleo"])
def test_for_others_there_is_no_such_page(practice: Practice, person: str, request: pytest.FixtureRequest) -> None:
    there = fresh(request.getfixturevalue(person))
    assert there.get(reverse("practice", args=[practice.pk])).status_code == 404
    assert there.post(reverse("invite", args=[practice.pk]), {"email": FAY, "role": "coach"}).status_code == 404
    assert not Invitation.objects.access_system("none was made").exists()


def test_somebody_new_takes_a_seat(practice: Practice, dov: User) -> None:
    path, there = ask(dov, practice), Client()
    assert accept(path, there).url == "/"
    assert is_in(there)
    fay = User.objects.get(email=FAY)
    assert (fay.name, fay.timezone, fay.has_usable_password()) == ("Fay", "Europe/London", False)
    assert seats_of(FAY) == ["coach"]
    assert EmailAddress.objects.get(user=fay).verified
    assert Trace.objects.visible_to(fay).filter(verb="took a seat").count() == 1


def test_a_get_changes_nothing_and_sends_nothing(practice: Practice, dov: User) -> None:
    path = ask(dov, practice)
    sent = len(mail.outbox)
    for _ in range(3):
        page = Client().get(path)
        assert page.status_code == 200
        assert "Juniper House asks you in" in words(page)
    assert len(mail.outbox) == sent
    assert not User.objects.filter(email=FAY).exists()


def test_the_link_without_the_code_opens_nothing(practice: Practice, dov: User) -> None:
    path, there = ask(dov, practice), Client()
    for code in ("WRNG-CODE", "", "A" * 500):
        there.post(path, {"code": code, "name": "Eve", "timezone": "UTC"})
    there.post(path, {"send": "yes"})
    assert "not the code" in words(there.post(path, {"code": "WRNG-CODE", "name": "Eve", "timezone": "UTC"}))
    assert not is_in(there)
    assert seats_of(FAY) == []


def test_a_code_for_one_invitation_accepts_no_other(practice: Practice, dov: User) -> None:
    mine, other = ask(dov, practice, "mal@example.org"), ask(dov, practice)
    there = Client()
    there.post(mine, {"send": "yes"})
    there.post(other, {"code": code_in_mail(), "name": "Mal", "timezone": "UTC"})
    assert seats_of(FAY) == []


def test_used_withdrawn_expired_and_made_up_links_answer_alike(practice: Practice, dov: User) -> None:
    used, withdrawn, expired = (
        ask(dov, practice),
        ask(dov, practice, "w@example.org"),
        ask(dov, practice, "e@example.org"),
    )
    accept(used)
    asked = Invitation.objects.visible_to(dov).get(address="w@example.org")
    fresh(dov).post(reverse("withdraw_invitation", args=[asked.pk]))
    late = Invitation.objects.visible_to(dov).get(address="e@example.org")
    Link.objects.filter(about=late.pk).update(expires_at=now() - timedelta(seconds=1))
    answers = [Client().get(path) for path in (used, withdrawn, expired, "/k/invitation/made-up/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert accept(withdrawn).status_code == 404
    assert seats_of("w@example.org") == []


def test_asking_again_replaces_the_first_link(practice: Practice, dov: User) -> None:
    first, second = ask(dov, practice), ask(dov, practice)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert Invitation.objects.visible_to(dov).waiting().count() == 1


def test_somebody_known_keeps_name_and_factor(practice: Practice, dov: User, ben: User) -> None:
    there = fresh(ben)
    set_up_app(there)
    path = ask(dov, practice, ben.email, "mentor")
    newcomer = Client()
    accept(path, newcomer, name="Somebody Else")
    ben.refresh_from_db()
    assert ben.name == "Ben"
    assert seats_of(ben.email) == ["mentor"]
    assert not is_in(newcomer), "the second step is still asked for"
    assert not is_in(there), "a new seat ends the sessions from before"


def test_whoever_sits_there_already_is_not_asked(practice: Practice, dov: User, ana: User) -> None:
    page = fresh(dov).post(reverse("invite", args=[practice.pk]), {"email": " ANA@example.org", "role": "coach"})
    assert "sits there already" in words(page)
    with pytest.raises(AlreadySeated):
        Invitation.make(practice, Seat.Role.COACH, ana.email, by=dov)


def test_a_closed_person_is_not_let_in(practice: Practice, dov: User, ben: User) -> None:
    path, there = ask(dov, practice, ben.email), Client()
    User.objects.filter(pk=ben.pk).update(closed_at=now())
    assert accept(path, there).status_code == 404
    assert not is_in(there)
    assert seats_of(ben.email) == []


def test_codes_for_an_invitation_are_limited(practice: Practice, dov: User) -> None:
    path, there = ask(dov, practice), Client()
    cache.clear()
    sent = len(mail.outbox)
    for _ in range(9):
        there.post(path, {"send": "yes"})
    assert len(mail.outbox) == sent + 3


def test_no_token_is_kept_and_none_stands_in_the_trail(practice: Practice, dov: User) -> None:
    token = ask(dov, practice).split("/")[-2]
    assert token not in str(list(Link.objects.values()))
    kept = Trace.objects.access_system("what the trail says").values_list("detail", flat=True)
    assert not [one for one in kept if FAY in one or token in one]


def test_inviting_wants_a_fresh_look(practice: Practice, dov: User) -> None:
    answer = come_in(dov).post(reverse("invite", args=[practice.pk]), {"email": FAY, "role": "coach"})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Invitation.objects.access_system("none was made").exists()


def test_an_interrupted_invitation_goes_on_after_the_fresh_look(practice: Practice, dov: User) -> None:
    there = come_in(dov)
    asked = there.post(reverse("invite", args=[practice.pk]), {"email": FAY, "role": "coach"})
    there.post(asked.url, {"password": PASSWORD})
    assert Invitation.objects.visible_to(dov).waiting().count() == 1


def test_only_owners_reach_an_invitation(practice: Practice, dov: User, ana: User, cleo: User) -> None:
    made, _ = Invitation.make(practice, Seat.Role.COACH, FAY, by=dov)
    for person in (ana, cleo):
        assert not Invitation.objects.visible_to(person).exists()
        assert browser(person).post(reverse("withdraw_invitation", args=[made.pk])).status_code == 404
        with pytest.raises(NotTheOwner):
            made.withdraw(by=person)
        with pytest.raises(NotTheOwner):
            Invitation.make(practice, Seat.Role.OWNER, person.email, by=person)
    made.refresh_from_db(from_queryset=Invitation.objects.access_system("as it stands"))
    assert made.withdrawn_at is None


@pytest.mark.parametrize("said", [{"email": "nonsense"}, {"role": "king"}, {"email": "a@b.c\r\nBcc: x@y.z"}])
def test_what_makes_no_sense_gets_a_sentence(practice: Practice, dov: User, said: dict[str, str]) -> None:
    cache.clear()
    page = fresh(dov).post(reverse("invite", args=[practice.pk]), {"email": FAY, "role": "coach"} | said)
    assert page.status_code == 200
    assert not Invitation.objects.access_system("none was made").exists()

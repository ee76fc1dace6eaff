"""The owner's seat goes over: both confirm it, and there is an owner at every moment."""

import pytest
from django.core import mail
from django.urls import reverse

from holdspace.people.begin import seat
from holdspace.people.models import BadLink, Invitation, NotSeated, NotTheOwner, Practice, Seat, User
from holdspace.people.tests.comers import come_in, fresh, is_in, set_up_app, words
from tests.cast import browser


def owners(practice: Practice) -> list[str]:
    rows = Seat.objects.access_system("what came of it").live().filter(practice=practice, role=Seat.Role.OWNER)
    return sorted(rows.values_list("user__name", flat=True))


def ask(practice: Practice, dov: User, to: User):
    return fresh(dov).post(reverse("name_owner", args=[practice.pk]), {"to": str(to.pk)})


def answer(practice: Practice, person: User, said: str):
    return fresh(person).post(reverse("own_instead", args=[practice.pk]), {"answer": said})


def test_both_say_yes_and_the_seat_goes_over(practice: Practice, dov: User, ana: User) -> None:
    his = come_in(dov)
    assert ask(practice, dov, ana).url == reverse("practice", args=[practice.pk])
    assert owners(practice) == ["Dov"], "asking changes nothing"
    assert mail.outbox[-1].to == [ana.email]
    assert "Ana" in words(come_in(dov).get(reverse("practice", args=[practice.pk])))
    there = fresh(ana)
    assert "asks whether you would own Juniper House" in words(there.get(reverse("me")))
    page = reverse("own_instead", args=[practice.pk])
    assert there.get(page).status_code == 200
    assert owners(practice) == ["Dov"], "nor does reading it"
    assert there.post(page, {"answer": "yes"}).url == reverse("practice", args=[practice.pk])
    assert owners(practice) == ["Ana"]
    assert is_in(there)
    assert not is_in(his)
    assert mail.outbox[-1].to == [dov.email]
    assert come_in(dov).get(reverse("practice", args=[practice.pk])).status_code == 404
    assert Seat.objects.visible_to(ana).live().filter(user=ana, role=Seat.Role.COACH).exists()
    assert answer(practice, ana, "yes").status_code == 404, "it is answered once"


def test_no_leaves_everything_as_it_is(practice: Practice, dov: User, ana: User) -> None:
    ask(practice, dov, ana)
    assert answer(practice, ana, "no").url == reverse("me")
    assert owners(practice) == ["Dov"]
    assert mail.outbox[-1].to == [dov.email]
    assert answer(practice, ana, "yes").status_code == 404


def test_it_can_be_taken_back_and_a_later_wish_replaces_it(practice: Practice, dov: User, ana: User, eve: User) -> None:
    first = Invitation.hand_over(practice, ana, by=dov)
    second = Invitation.hand_over(practice, eve, by=dov)
    with pytest.raises(BadLink):
        first.own(by=ana)
    come_in(dov).post(reverse("withdraw_invitation", args=[second.pk]))
    with pytest.raises(BadLink):
        second.own(by=eve)
    assert owners(practice) == ["Dov"]


def test_two_owners_hand_over_each_their_own_seat(practice: Practice, dov: User, ana: User, eve: User) -> None:
    seat(eve, practice, Seat.Role.OWNER)
    Invitation.hand_over(practice, ana, by=dov)
    hers = Invitation.hand_over(practice, ana, by=eve)
    hers.own(by=ana)
    assert owners(practice) == ["Ana", "Dov"]
    assert answer(practice, ana, "yes").status_code == 302
    assert owners(practice) == ["Ana"]


def test_whoever_left_meanwhile_hands_over_nothing(practice: Practice, dov: User, ana: User, eve: User) -> None:
    made = Invitation.hand_over(practice, ana, by=dov)
    seat(eve, practice, Seat.Role.OWNER)
    Seat.objects.visible_to(dov).get(user=dov).end(by=dov)
    with pytest.raises(BadLink):
        made.own(by=ana)
    assert owners(practice) == ["Eve"]


def test_only_an_owner_names_somebody_and_only_somebody_seated(
    practice: Practice, dov: User, ana: User, ben: User, eve: User
) -> None:
    with pytest.raises(NotTheOwner):
        Invitation.hand_over(practice, eve, by=ana)
    for other in (ben, dov):
        with pytest.raises(NotSeated):
            Invitation.hand_over(practice, other, by=dov)
        assert ask(practice, dov, other).status_code == 200
    assert owners(practice) == ["Dov"]


def test_both_are_looked_at_afresh(practice: Practice, dov: User, ana: User) -> None:
    Invitation.hand_over(practice, ana, by=dov)
    for person, name in ((dov, "name_owner"), (ana, "own_instead")):
        there = browser(person).post(reverse(name, args=[practice.pk]), {"to": str(ana.pk), "answer": "yes"})
        assert there.url.startswith(reverse("account_reauthenticate"))
    assert owners(practice) == ["Dov"]


def test_where_a_second_step_is_asked_nobody_owns_without_one(practice: Practice, dov: User, ana: User) -> None:
    Invitation.hand_over(practice, ana, by=dov)
    practice.ask_for_factor(True, by=dov)
    assert answer(practice, ana, "yes").url == reverse("ways_in")
    assert owners(practice) == ["Dov"]
    there = fresh(ana)
    set_up_app(there)
    assert there.post(reverse("own_instead", args=[practice.pk]), {"answer": "yes"}).status_code == 302
    assert owners(practice) == ["Ana"]


def test_a_stranger_finds_nothing(practice: Practice, dov: User, ana: User, ben: User, cleo: User, eve: User) -> None:
    Invitation.hand_over(practice, ana, by=dov)
    for other in (ben, cleo, eve):
        assert fresh(other).get(reverse("name_owner", args=[practice.pk])).status_code == 404
        assert answer(practice, other, "yes").status_code == 404
    assert owners(practice) == ["Dov"]

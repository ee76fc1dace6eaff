"""Handing over a client: they choose and say yes, then the other coach; before that nobody new reads anything."""

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.engagements.end_seat import end_seat
from holdspace.engagements.hand_over import answer_as_client, answer_as_coach, hand_over, link_to_answer
from holdspace.engagements.models import Engagement, Handover, NoSuchCoach, NotAsked
from holdspace.letters.models import Letter
from holdspace.people.begin import seat as take_seat
from holdspace.people.models import Link, NotTheOwner, Practice, Seat, User
from tests.cast import browser, unknown


@pytest.fixture
def asked(together: Engagement, ana: User, eve: User) -> Handover:
    return hand_over(together, eve, by=ana)


def page(person: User, handover: Handover) -> str:
    return browser(person).get(reverse("handover", args=[handover.pk])).content.decode()


def answer(person: User, handover: Handover, **said: object) -> int:
    return browser(person).post(reverse("handover", args=[handover.pk]), said).status_code


def letters_to(person: User) -> list[Letter]:
    return list(Letter.objects.access_system("in a test").filter(to=person, kind="handover"))


def test_all_three_say_yes_one_after_the_other(together: Engagement, ana: User, ben: User, eve: User) -> None:
    where = reverse("hand_over", args=[together.pk])
    assert "Eve" in browser(ana).get(where).content.decode()
    there = browser(ana).post(where, {"successor": str(eve.pk)})
    made = Handover.objects.visible_to(ana).get()
    assert there.url == reverse("handover", args=[made.pk])
    assert browser(ana).post(where, {"successor": str(eve.pk)}).status_code == 302
    assert Handover.objects.visible_to(ana).count() == 1, "asking twice is asking once"

    assert "Would you like to go on with Eve?" in browser(ben).get("/").content.decode()
    assert "checked" not in page(ben, made), "nothing is ticked beforehand"
    answer(ben, made, answer="yes", kinds=["goals", "notes"])
    assert "would like to go on with you" in browser(eve).get("/").content.decode()
    assert not Engagement.objects.visible_to(eve).exists()
    answer(eve, made, answer="yes")

    new = Engagement.objects.visible_to(eve).get()
    assert (new.client, new.called, new.is_live) == (ben, "Ben", True)
    assert new.key_id != together.key_id
    together.refresh_from_db()
    assert (together.is_live, together.ended_by) == (False, ben)
    made.refresh_from_db()
    assert (made.kinds, made.begun) == (["notes", "goals"], new)
    answer(eve, made, answer="yes")
    assert Engagement.objects.visible_to(eve).count() == 1


def test_each_is_told_and_no_letter_says_what(asked: Handover, ana: User, ben: User, eve: User) -> None:
    assert [len(letters_to(one)) for one in (ben, eve, ana)] == [1, 0, 0]
    answer_as_client(asked, yes=True, kinds=[], by=ben)
    assert [len(letters_to(one)) for one in (ben, eve, ana)] == [1, 1, 0]
    answer_as_coach(asked, yes=True, by=eve)
    assert [len(letters_to(one)) for one in (ben, eve, ana)] == [2, 1, 1]
    answer_as_client(asked, yes=False, kinds=[], by=ben)
    assert [len(letters_to(one)) for one in (ben, eve, ana)] == [2, 2, 1]
    assert not any(
        name in letter.subject + (letter.words or "") for letter in letters_to(eve) for name in ("Ben", "Ana")
    )
    assert not any("Eve" in (letter.words or "") for one in (ben, ana) for letter in letters_to(one))


def test_before_the_client_says_yes_the_other_coach_knows_nothing(asked: Handover, eve: User) -> None:
    assert browser(eve).get(reverse("handover", args=[asked.pk])).status_code == 404
    assert "go on with you" not in browser(eve).get("/").content.decode()
    with pytest.raises(NotAsked):
        asked.take_on(by=eve)


def test_a_clients_no_ends_it_and_a_new_coach_may_be_asked(asked: Handover, ana: User, ben: User, eve: User) -> None:
    answer(ben, asked, answer="no", kinds=["goals"])
    asked.refresh_from_db()
    assert (asked.agreed_at, asked.released) == (None, "")
    assert asked.closed_at
    assert asked.engagement.is_live
    assert [len(letters_to(one)) for one in (eve, ana)] == [0, 1]
    assert hand_over(asked.engagement, eve, by=ana).pk != asked.pk


def test_the_other_coach_may_say_no(asked: Handover, ben: User, eve: User) -> None:
    answer_as_client(asked, yes=True, kinds=["goals"], by=ben)
    answer(eve, asked, answer="no")
    asked.refresh_from_db()
    assert asked.closed_at
    assert asked.engagement.is_live
    assert not Engagement.objects.visible_to(eve).exists()
    with pytest.raises(NotAsked):
        asked.take_on(by=eve)


def test_the_coach_takes_it_back_while_nobody_works_together(asked: Handover, ana: User, ben: User, eve: User) -> None:
    answer(ana, asked, answer="no")
    asked.refresh_from_db()
    assert asked.closed_at
    assert "closed since" in page(ben, asked)
    again = hand_over(asked.engagement, eve, by=ana)
    answer_as_client(again, yes=True, kinds=[], by=ben)
    answer_as_coach(again, yes=True, by=eve)
    for person in (ana, eve):
        with pytest.raises(NotAsked):
            again.close(by=person)
    assert again.is_open


def test_the_client_chooses_anew_and_takes_it_back_in_two_taps(asked: Handover, ben: User, eve: User) -> None:
    answer_as_client(asked, yes=True, kinds=["goals"], by=ben)
    answer_as_coach(asked, yes=True, by=eve)
    answer(ben, asked, answer="yes", kinds=["messages"])
    asked.refresh_from_db()
    assert asked.kinds == ["messages"]
    assert reverse("said_yes") in browser(ben).get(reverse("me")).content.decode(), "from any page"
    assert reverse("handover", args=[asked.pk]) in browser(ben).get(reverse("said_yes")).content.decode()
    answer(ben, asked, answer="no")
    asked.refresh_from_db()
    assert not asked.is_open
    assert Engagement.objects.visible_to(eve).live().exists(), "what they have together goes on"


def test_only_another_coach_of_the_practice_can_go_on(together: Engagement, ana: User, ben: User, cleo: User) -> None:
    for other in (ana, ben, cleo):
        with pytest.raises(NoSuchCoach):
            hand_over(together, other, by=ana)
    assert "Nobody else coaches here" in browser(ana).get(reverse("hand_over", args=[together.pk])).content.decode()


def test_only_their_coach_or_an_owner_with_the_seat_proposes(together: Engagement, ben: User, eve: User) -> None:
    for other in (ben, eve):
        with pytest.raises(NotTheOwner):
            hand_over(together, eve, by=other)


def test_an_owner_offers_somebody_with_the_end_of_a_seat_and_reads_nothing(
    together: Engagement, practice: Practice, ana: User, ben: User, dov: User, eve: User
) -> None:
    seat = Seat.objects.visible_to(dov).select_related("practice", "user").get(user=ana)
    end_seat(seat, by=dov, with_work=True, successor=eve)
    made = Handover.objects.visible_to(ben).get()
    assert made.proposed_by == dov
    assert browser(dov).get(reverse("handover", args=[made.pk])).status_code == 404
    ending = browser(ben).get(reverse("ending", args=[together.pk])).content.decode()
    assert "Going on with Eve" in ending
    answer_as_client(made, yes=True, kinds=[], by=ben)
    answer_as_coach(made, yes=True, by=eve)
    assert Engagement.objects.visible_to(eve).get().client == ben
    assert letters_to(ana) == [], "whoever left has no page to read it on"


def test_whoever_leaves_may_offer_nobody(together: Engagement, ana: User, ben: User) -> None:
    seat = Seat.objects.visible_to(ana).select_related("practice", "user").get(user=ana)
    end_seat(seat, by=ana, with_work=True)
    assert not Handover.objects.visible_to(ben).exists()


def test_an_answer_counts_only_while_the_other_coach_sits_there(
    asked: Handover, practice: Practice, ben: User, eve: User
) -> None:
    answer_as_client(asked, yes=True, kinds=[], by=ben)
    Seat.objects.visible_to(eve).get(user=eve).end(by=eve)
    eve.refresh_from_db()
    assert browser(eve).get(reverse("handover", args=[asked.pk])).status_code == 404
    take_seat(eve, practice, Seat.Role.MENTOR)
    eve.refresh_from_db()
    assert browser(eve).get(reverse("handover", args=[asked.pk])).status_code == 404


def test_a_stranger_finds_no_hand_over(asked: Handover, ben: User, cleo: User, dov: User, eve: User) -> None:
    answer_as_client(asked, yes=True, kinds=["goals"], by=ben)
    for other in (cleo, dov):
        there = browser(other)
        for name, known in (("handover", asked.pk), ("hand_over", asked.engagement_id)):
            found, nothing = (there.get(reverse(name, args=[pk])) for pk in (known, unknown()))
            assert (found.status_code, found.content) == (404, nothing.content)
        assert answer(other, asked, answer="yes") == 404
    assert browser(eve).get(reverse("hand_over", args=[asked.engagement_id])).status_code == 404


def link_from(ana: User, handover: Handover) -> str:
    made = browser(ana).post(reverse("give_handover_link", args=[handover.pk]))
    return str("/" + made.context["address"].split("/", 3)[3])


def test_a_client_without_an_account_answers_by_a_link(asked: Handover, ana: User, ben: User, eve: User) -> None:
    User.objects.filter(pk=ben.pk).update(email=None)
    assert "Make a link by which Ben answers" in page(ana, asked)
    phone, there = Client(), link_from(ana, asked)
    shown = phone.get(there).content.decode()
    assert "would you like to go on with Eve" in shown
    assert "checked" not in shown
    asked.refresh_from_db()
    assert asked.agreed_at is None, "a GET never acts"
    assert phone.post(there, {"answer": "perhaps"}).status_code == 422
    said = phone.post(there, {"answer": "yes", "kinds": ["goals"]}).content.decode()
    assert "Eve is asked now" in said
    assert "goals and promises" in said
    asked.refresh_from_db()
    assert asked.kinds == ["goals"]
    assert [phone.get(there).status_code, phone.post(there, {"answer": "no"}).status_code] == [404, 404], "used"
    back = said.split('href="/k/yes/')[1].split('"')[0]
    assert "Eve reads of your work with Ana" in phone.get(f"/k/yes/{back}").content.decode()
    answer_as_coach(asked, yes=True, by=eve)
    assert "Eve can read nothing" in phone.post(f"/k/yes/{back}", {"handover": str(asked.pk)}).content.decode()
    asked.refresh_from_db()
    assert not asked.is_open


def test_a_no_by_link_tells_nobody_new(asked: Handover, ana: User, eve: User) -> None:
    assert "That is fine" in Client().post(link_from(ana, asked), {"answer": "no"}).content.decode()
    asked.refresh_from_db()
    assert asked.closed_at
    assert letters_to(eve) == []


def test_a_link_of_what_was_taken_back_or_answered_is_dead(asked: Handover, ana: User, ben: User, eve: User) -> None:
    there = link_from(ana, asked)
    asked.close(by=ana)
    assert Client().post(there, {"answer": "yes"}).status_code == 404
    again = hand_over(asked.engagement, eve, by=ana)
    there = link_from(ana, again)
    answer_as_client(again, yes=True, kinds=[], by=ben)
    assert Client().post(there, {"answer": "no"}).status_code == 404
    assert browser(ana).post(reverse("give_handover_link", args=[again.pk])).url == reverse("handover", args=[again.pk])
    for other in (ben, eve):
        with pytest.raises(NotAsked):
            link_to_answer(again, by=other)


def test_nobody_but_the_coach_makes_the_link(asked: Handover, ben: User, cleo: User, dov: User, eve: User) -> None:
    for other in (cleo, dov, eve):
        assert browser(other).post(reverse("give_handover_link", args=[asked.pk])).status_code == 404
    assert browser(ben).post(reverse("give_handover_link", args=[asked.pk])).status_code == 302
    assert not Link.objects.filter(purpose=Link.Purpose.HANDOVER).exists()

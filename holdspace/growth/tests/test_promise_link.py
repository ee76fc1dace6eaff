"""The one-tap link of a reminder: a GET shows, a POST answers, once; after being stuck there is a fresh one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Commitment, Move
from holdspace.growth.tell import answer_address
from holdspace.growth.tests.promising import PROMISED, fresh, promise
from holdspace.people.models import Link, User

SOON = timezone.localdate() + timedelta(days=3)


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@pytest.fixture
def made(ben: User, together: Engagement) -> Commitment:
    return promise(together, ben, due=SOON)


@pytest.fixture
def link(made: Commitment) -> str:
    return path_of(answer_address(made))


def test_ben_says_that_it_is_done_without_an_account(made: Commitment, link: str, ben: User) -> None:
    phone = Client()
    page = phone.get(link).content.decode()
    assert "You promised Ana" in page
    assert "recruiter" in page
    assert fresh(made).state == "open", "a GET never acts"
    assert "ticked off" in phone.post(link, {"became": "done"}).content.decode()
    assert fresh(made).state == "kept"
    for again in (phone.get(link), phone.post(link, {"became": "done"})):
        assert again.status_code == 404


def test_another_day_is_asked_for(made: Commitment, link: str, ana: User) -> None:
    answer = Client().post(link, {"became": "moved", "new_day": str(SOON + timedelta(days=2))})
    assert "counts once Ana agrees" in answer.content.decode()
    assert Move.objects.visible_to(ana).waiting_for(ana).get().to_day == SOON + timedelta(days=2)
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Please fill this in"),
        ("2026-02-31", "could not read that as a date"),
        (str(timezone.localdate() - timedelta(days=3)), "That day has passed"),
        (str(SOON), "due on that day already"),
        ("9999-12-31", "next ten years"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_the_link_still_opens(
    made: Commitment, link: str, day: str, said: str
) -> None:
    phone = Client()
    answer = phone.post(link, {"became": "moved", "new_day": day})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert phone.get(link).status_code == 200
    assert not Move.objects.access_system("in a test").exists()


def test_stuck_says_why_and_gives_a_fresh_link(made: Commitment, link: str, ana: User) -> None:
    phone = Client()
    answer = phone.post(link, {"became": "stuck", "got_in_the_way": "Nobody picks up.", "wants_help": "on"})
    assert "help is welcome" in answer.content.decode()
    assert Commitment.objects.visible_to(ana).asking_help().get().got_in_the_way == "Nobody picks up."
    assert phone.get(link).status_code == 404
    assert phone.post(path_of(answer.context["address"]), {"became": "done"}).status_code == 200
    assert fresh(made).state == "kept"


@pytest.mark.parametrize("said", [{}, {"became": "eaten"}])
def test_no_answer_is_no_answer(made: Commitment, link: str, said: dict) -> None:
    assert Client().post(link, said | {"x": "y"}).status_code == 422
    assert fresh(made).state == "open"


def test_a_link_opens_nothing_once_it_was_kept_elsewhere(made: Commitment, link: str, ben: User) -> None:
    dead = Client().get("/k/promise/nothing-real/")
    made.keep(by=ben)
    assert Client().get(link).content == dead.content
    made.reopen(by=ben)
    assert Client().get(link).status_code == 404, "withdrawn stays withdrawn"


def test_it_is_for_this_promise_and_this_person_alone(made: Commitment, ana: User, cleo: User) -> None:
    for other in (ana, cleo):
        token = Link.make(Link.Purpose.PROMISE, about=made.pk, person=other)
        assert Client().get(f"/k/promise/{token}/").status_code == 404
    consent = Link.make(Link.Purpose.CONSENT, about=made.pk, person=made.promiser)
    assert Client().get(f"/k/promise/{consent}/").status_code == 404


def test_after_the_ending_it_is_dead(made: Commitment, link: str, ana: User, together: Engagement) -> None:
    together.end(ana.today, by=ana)
    assert Client().post(link, {"became": "done"}).status_code == 404
    assert fresh(made).state == "open"


def test_the_page_speaks_in_the_zone_of_whoever_promised(made: Commitment, link: str) -> None:
    assert PROMISED.split()[0] in Client().get(link).content.decode()
    assert 'name="new_day"' in Client().get(link).content.decode()

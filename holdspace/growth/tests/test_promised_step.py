"""The smallest next step of a concern as a promise: one form, its state on both pages, and nothing of it unshared."""

from typing import Any

import pytest
from django.urls import reverse

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Commitment, Concern, NotTheClient, StepPromised
from holdspace.growth.tests.promising import TODAY, clock, later
from holdspace.growth.tests.walking import LIGHTHOUSE, a_concern, once, page, post, strangers_meet_nothing
from holdspace.people.models import User
from holdspace.vault.models import Trace, new_id
from tests.cast import browser

pytestmark = pytest.mark.django_db
__all__ = ["clock"]
SAID: dict[str, Any] = {"owner": "client", "action": "Ring the keeper", "due_on": TODAY, "proposed_by": "client"}


def form(**said: str) -> dict[str, Any]:
    told = {"action": "Ring the keeper", "promised_by": "client", "due_on": str(TODAY), "proposed_by": "client"}
    return once(**(told | said))


@pytest.fixture
def shared(clock, together: Engagement, ben: User) -> Concern:
    concern = a_concern(together, by=ben, share=True)
    concern.choose_step("Ring the keeper", by=ben)
    return concern


def test_the_step_becomes_a_promise_in_one_form(shared: Concern, ana: User, ben: User) -> None:
    assert "Make it a promise" in page(ben, "concern", shared.pk)
    asked = page(ben, "promise_step", shared.pk)
    assert ">\nRing the keeper</textarea>" in asked
    answer = post(ben, "promise_step", shared.pk, form())
    assert answer.redirect_chain[0][0] == f"{shared.get_absolute_url()}#step"
    made = Commitment.objects.visible_to(ana).get()
    assert (made.owner, made.due_on, made.action) == ("client", TODAY, "Ring the keeper")
    seen = page(ana, "concern", shared.pk)
    assert f"commitment-{made.pk}" in seen
    assert "due today" in seen
    assert "Make it a promise" not in page(ben, "concern", shared.pk)


def test_the_ledger_says_which_concern_it_serves_and_the_concern_how_it_stands(
    clock, shared: Concern, ana: User, ben: User
) -> None:
    made = shared.promise_step(SAID, new_id(), by=ben)
    for one in (ana, ben):
        seen = page(one, "promises", shared.engagement_id)
        assert f'href="{shared.get_absolute_url()}"' in seen
        assert "lighthouse" in seen
    reads = Trace.objects.visible_to(ben).filter(verb="read", noun_id=shared.pk)
    assert [trace.actor_id for trace in reads] == [ana.pk], "her reading it there is a reading"
    later(clock, days=1)
    made.keep(by=ben)
    seen = page(ana, "concern", shared.pk)
    assert "one day late" in seen
    assert "Promise the next one" in page(ben, "concern", shared.pk)
    assert "Ring the keeper" not in page(ben, "promise_step", shared.pk), "it is another one"


def test_a_concern_for_oneself_does_not_leak_through_its_promise(clock, together: Engagement, ana, ben: User) -> None:
    concern = a_concern(together, by=ben)
    concern.choose_step("Say it to nobody", by=ben)
    assert "but not the concern it is for" in page(ben, "promise_step", concern.pk)
    post(ben, "promise_step", concern.pk, form())
    assert "lighthouse" in page(ben, "promises", together.pk)
    made = Commitment.objects.visible_to(ana).get()
    parts = [post(ana, "release_promise", made.pk, headers={"HX-Request": "true"}).content.decode()]
    for seen in [page(ana, "promises", together.pk), page(ana, "client", together.pk), *parts]:
        assert "Ring the keeper" in seen or "lighthouse" not in seen
        for told in ("lighthouse", str(concern.pk), "smallest next step", "Say it to nobody"):
            assert told not in seen, told
    assert not Concern.objects.visible_to(ana).filter(commitment=made).exists()


def test_what_was_shared_and_taken_back_is_off_the_ledger_again(shared: Concern, ana: User, ben: User) -> None:
    shared.promise_step(SAID, new_id(), by=ben)
    shared.unshare(by=ben)
    assert "lighthouse" not in page(ana, "promises", shared.engagement_id)
    with pytest.raises(NotTheClient):
        shared.promise_step(SAID, new_id(), by=ana)
    assert post(ana, "promise_step", shared.pk, form()).status_code == 404


def test_the_coach_may_promise_it_too_and_asks_the_client_for_theirs(shared: Concern, ana: User, ben: User) -> None:
    post(ana, "promise_step", shared.pk, form(promised_by="client"))
    made = Commitment.objects.visible_to(ben).get()
    assert made.state == "waiting"
    assert "Yes, mine" in page(ben, "concern", shared.pk)


def test_the_same_form_twice_is_one_promise_and_two_windows_meet_one(shared: Concern, ben: User) -> None:
    twice = form()
    for _ in range(2):
        assert post(ben, "promise_step", shared.pk, twice).status_code == 200
    answer = post(ben, "promise_step", shared.pk, form(action="Write instead"))
    assert answer.status_code == 422
    assert "promised meanwhile" in answer.content.decode()
    assert "Write instead" in answer.content.decode(), "what was typed stays"
    assert Commitment.objects.visible_to(ben).count() == 1
    with pytest.raises(StepPromised):
        shared.promise_step(SAID, new_id(), by=ben)


@pytest.mark.parametrize("said", [{"due_on": "2026-11-24"}, {"due_on": "2026-02-31"}, {"action": " "}])
def test_what_is_wrong_comes_back_with_a_sentence(shared: Concern, ben: User, said: dict[str, str]) -> None:
    answer = post(ben, "promise_step", shared.pk, form(**said))
    assert answer.status_code == 422
    assert not Commitment.objects.visible_to(ben).exists()


def test_another_step_leaves_the_promise_and_a_promise_taken_away_leaves_the_step(shared: Concern, ben: User) -> None:
    made = shared.promise_step(SAID, new_id(), by=ben)
    made.remove(by=ben)
    assert "Ring the keeper" in page(ben, "concern", shared.pk), "the words of the step were never gone"
    shared.refresh_from_db()
    assert shared.commitment_id is None
    kept = shared.promise_step(SAID, new_id(), by=ben)
    kept.keep(by=ben)
    post(ben, "choose_step", shared.pk, once(words="Go there"))
    assert Commitment.objects.visible_to(ben).get().state == "kept"
    assert "The smallest next step in" not in page(ben, "promises", shared.engagement_id)


def test_a_concern_deleted_leaves_a_promise_that_tells_nothing_of_it(shared: Concern, ana: User, ben: User) -> None:
    shared.promise_step(SAID, new_id(), by=ben)
    shared.forget(by=ben)
    for one in (ana, ben):
        seen = page(one, "promises", shared.engagement_id)
        assert "Ring the keeper" in seen
        assert LIGHTHOUSE not in seen


def test_after_the_ending_it_is_read_and_not_promised(shared: Concern, ana: User, ben: User) -> None:
    shared.engagement.end(TODAY, by=ana)
    answer = post(ben, "promise_step", shared.pk, form())
    assert answer.status_code == 422
    assert "This work has ended" in answer.content.decode()


def test_strangers_meet_the_same_404(shared: Concern, cleo: User, dov: User, eve: User) -> None:
    strangers_meet_nothing([cleo, dov, eve], ["promise_step"], shared.pk)
    assert browser(cleo).get(reverse("promise_step", args=[shared.pk])).status_code == 404

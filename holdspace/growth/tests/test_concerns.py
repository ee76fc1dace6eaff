"""Concerns: the client's alone until shared, heard only when the client says so, and settled by the client."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.growth.models import (
    AlreadyConfirmed,
    Concern,
    InBothHands,
    Intensity,
    NotHeardYet,
    NotTheClient,
    NotTheCoach,
    Option,
)
from holdspace.growth.tests.walking import LIGHTHOUSE, a_concern, once, page, post, strangers_meet_nothing
from holdspace.people.models import User
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, meeting


def test_what_the_client_writes_down_is_theirs_alone_until_shared(together: Engagement, ana: User, ben: User) -> None:
    said = once(words=LIGHTHOUSE)
    for _ in range(2):
        seen = post(ben, "add_concern", together.pk, said).content.decode()
    assert "Only you" in seen
    concern = Concern.objects.visible_to(ben).get()
    assert "lighthouse" not in page(ana, "concerns", together.pk)
    assert not Concern.objects.visible_to(ana).exists()
    assert not Trace.objects.visible_to(ana).filter(noun_id=concern.pk).exists(), "of it the coach sees no deed either"
    assert "Ana will be able to read this from now on" in page(ben, "concern_readers", concern.pk)
    assert not Concern.objects.visible_to(ana).exists(), "looking at the question shares nothing"
    post(ben, "concern_readers", concern.pk, {"readers": "both"})
    assert "lighthouse" in page(ana, "concerns", together.pk)
    assert "It may have been read already" in page(ben, "concern_readers", concern.pk)
    post(ben, "concern_readers", concern.pk, {"readers": "me"})
    assert "lighthouse" not in page(ana, "concerns", together.pk)


def test_it_can_be_shared_while_it_is_written(together: Engagement, ana: User, ben: User) -> None:
    post(ben, "add_concern", together.pk, once(words=LIGHTHOUSE, share="on"))
    assert Concern.objects.visible_to(ana).get().shared_at


def test_what_the_coach_writes_down_both_have_and_it_is_not_kept_from_the_coach(
    together: Engagement, session, ana: User, ben: User
) -> None:
    post(ana, "add_concern", together.pk, once(words=LIGHTHOUSE, came_up=str(session.pk)))
    concern = Concern.objects.visible_to(ben).get()
    assert concern.session_id == session.pk
    assert "written down by Ana" in page(ben, "concern", concern.pk)
    with pytest.raises(InBothHands):
        concern.unshare(by=ben)
    post(ben, "concern_readers", concern.pk, {"readers": "me"})
    assert Concern.objects.visible_to(ana).exists()


def test_heard_counts_when_the_client_says_so(together: Engagement, ana: User, ben: User) -> None:
    concern = a_concern(together, by=ben, share=True)
    with pytest.raises(NotHeardYet):
        concern.confirm(by=ben)
    post(ana, "hear_concern", concern.pk, once(words="You wonder whether you belong there."))
    assert Concern.objects.visible_to(ana).get().acknowledged_at is None
    seen = page(ben, "concern", concern.pk)
    assert "You wonder whether you belong there." in seen
    assert "Yes, that&#x27;s it" in seen or "Yes, that's it" in seen
    post(ben, "answer_concern", concern.pk, {"quite": "no", "missed": "It is more the nights."})
    seen = page(ana, "concern", concern.pk)
    assert "It is more the nights." in seen
    assert "not quite yet" in seen
    post(ana, "hear_concern", concern.pk, once(words="The nights there frighten you."))
    assert Concern.objects.visible_to(ana).get().missed is None
    post(ben, "answer_concern", concern.pk, {"quite": "yes"})
    assert "on the same day" in page(ana, "concern", concern.pk)
    answer = post(ana, "hear_concern", concern.pk, once(words="Something else"))
    assert answer.status_code == 422
    assert "confirmed in the meantime" in answer.content.decode()
    with pytest.raises(AlreadyConfirmed):
        Concern.objects.visible_to(ana).get().hear("x", by=ana)


def test_a_yes_is_to_the_words_that_were_seen(together: Engagement, ana: User, ben: User) -> None:
    concern = a_concern(together, by=ben, share=True)
    concern.hear("You are afraid of the stairs", by=ana)
    seen = Concern.objects.visible_to(ben).get().heard_mark
    assert seen in page(ben, "concern", concern.pk)
    concern.hear("You are afraid of the sea", by=ana)
    answer = post(ben, "answer_concern", concern.pk, {"quite": "yes", "seen": seen})
    assert answer.status_code == 422
    assert "wrote something else in the meantime" in answer.content.decode()
    assert "afraid of the sea" in answer.content.decode()
    now = Concern.objects.visible_to(ben).get()
    assert now.acknowledged_at is None
    assert now.heard_mark in answer.content.decode(), "the next yes is to the new words"
    post(ben, "answer_concern", concern.pk, {"quite": "yes", "seen": now.heard_mark})
    assert Concern.objects.visible_to(ben).get().acknowledged_at


def test_words_refused_after_the_ending_are_not_shown_as_kept(together: Engagement, ana: User, ben: User) -> None:
    concern = a_concern(together, by=ben, share=True)
    concern.hear("You are afraid of the stairs", by=ana)
    together.end(ben.today, by=ben)
    answer = post(ana, "hear_concern", concern.pk, once(words="You are afraid of the sea")).content.decode()
    assert "has ended" in answer
    assert "<p>You are afraid of the stairs</p>" in answer
    assert "You are afraid of the sea</textarea>" in answer, "and what was typed stays"


def test_only_the_client_confirms_names_it_says_how_strong_and_settles(
    together: Engagement, ana: User, ben: User
) -> None:
    concern = a_concern(together, by=ben, share=True)
    concern.hear("I hear you", by=ana)
    deeds = {
        "answer_concern": {"quite": "yes"},
        "label_concern": {"about": "torn"},
        "say_intensity": once(strong="3"),
        "settle_concern": {},
        "carry_on_concern": {},
        "concern_readers": {"readers": "me"},
        "forget_concern": {},
    }
    for name, said in deeds.items():
        assert post(ana, name, concern.pk, said).status_code == 404, name
    for verb in (concern.confirm, concern.settle, concern.carry_on, concern.share, concern.unshare, concern.forget):
        with pytest.raises(NotTheClient):
            verb(by=ana)
    assert post(ben, "hear_concern", concern.pk, once(words="I heard myself")).status_code == 404
    with pytest.raises(NotTheCoach):
        concern.hear("I heard myself", by=ben)


def test_the_label_is_one_of_twelve_or_none(together: Engagement, ana: User, ben: User) -> None:
    concern = a_concern(together, by=ben, share=True)
    assert post(ben, "label_concern", concern.pk, {"about": "coward"}).status_code == 422
    post(ben, "label_concern", concern.pk, {"about": "enough"})
    assert "not good enough" in page(ana, "concern", concern.pk)
    post(ben, "label_concern", concern.pk, {"about": ""})
    assert Concern.objects.visible_to(ben).get().label is None


def test_options_are_weighed_by_both_and_chosen_by_the_client(together: Engagement, ana: User, ben: User) -> None:
    concern = a_concern(together, by=ben, share=True)
    post(ana, "add_option", concern.pk, once(option="Ask for a trial week", speaks_for="It ends", speaks_against="Pay"))
    option = Option.objects.visible_to(ben).get()
    assert post(ana, "choose_option", option.pk).status_code == 404
    part = post(ben, "choose_option", option.pk, headers={"HX-Request": "true"}).content.decode()
    assert "chosen on" in part
    post(ben, "let_option_go", option.pk)
    assert Option.objects.visible_to(ben).get().chosen_at is None
    post(ben, "remove_option", option.pk)
    assert not Option.objects.visible_to(ana).exists()


def test_what_stands_under_it_goes_out_of_sight_with_it(together: Engagement, ana: User, ben: User) -> None:
    concern = a_concern(together, by=ben, share=True)
    Intensity.say(concern, new_id(), 8, "Loud", by=ben)
    Option(concern=concern, words="Stay", written_by=ben).keep("added", by=ben)
    concern.unshare(by=ben)
    assert not Intensity.objects.visible_to(ana).exists()
    assert not Option.objects.visible_to(ana).exists()
    assert post(ana, "add_option", concern.pk, once(option="Go")).status_code == 404


def test_how_strong_it_is_over_time_with_no_number_chosen_beforehand(
    together: Engagement, ana: User, ben: User
) -> None:
    concern = a_concern(together, by=ben, share=True)
    assert "checked" not in page(ben, "concern", concern.pk)
    assert post(ben, "say_intensity", concern.pk, once(strong="")).status_code == 422
    assert post(ben, "say_intensity", concern.pk, once(strong="11")).status_code == 422
    for level in ("8", "3"):
        post(ben, "say_intensity", concern.pk, once(strong=level))
    seen = page(ana, "concern", concern.pk)
    assert "8 of 10" in seen
    assert "picture steps" in seen
    post(ben, "undo_intensity", Intensity.objects.visible_to(ben).order_by("pk").last().pk)
    assert [one.level for one in Intensity.objects.visible_to(ana)] == [8]


def test_from_the_smallest_step_to_settled_and_back(together: Engagement, ana: User, ben: User) -> None:
    concern = a_concern(together, by=ben, share=True)
    post(ana, "choose_step", concern.pk, once(words="Ring the keeper"))
    post(ben, "tell_concern", concern.pk, once(words="He laughed, kindly"))
    post(ben, "settle_concern", concern.pk)
    seen = page(ana, "concern", concern.pk)
    assert "Ring the keeper" in seen
    assert "He laughed, kindly" in seen
    assert "Settled on" in seen
    post(ben, "carry_on_concern", concern.pk)
    assert Concern.objects.visible_to(ben).open().get().carried_on_at


def test_the_client_can_have_it_deleted_for_good(together: Engagement, ana: User, ben: User) -> None:
    concern = a_concern(together, by=ben, share=True)
    assert "Nobody can bring it back" in page(ben, "forget_concern", concern.pk)
    together.end(ana.today, by=ana)
    post(ben, "forget_concern", concern.pk)
    assert not Concern.objects.access_system("in a test").exists()


def test_unheard_after_the_next_session_it_waits_for_the_coach(together: Engagement, ana: User, ben: User) -> None:
    def waiting() -> list[Concern]:
        return list(Concern.objects.visible_to(ana).waiting_after_next_session(ana))

    concern = a_concern(together, by=ben, share=True)
    a_concern(together, by=ben, words="Mine alone")
    ago = timezone.now() - timedelta(days=3)
    Concern.objects.visible_to(ben).filter(pk=concern.pk).update(raised_at=ago, shared_at=ago)
    assert waiting() == [], "they haven't met since"
    meeting(together, days=1)
    assert waiting() == [], "the next session is still to come"
    met = meeting(together, days=-1)
    assert waiting() == [concern]
    Concern.objects.visible_to(ben).filter(pk=concern.pk).update(session=met)
    assert waiting() == [], "it was raised in that very session"
    Concern.objects.visible_to(ben).filter(pk=concern.pk).update(session=None)
    concern.hear("I hear you", by=ana)
    assert waiting() == [concern], "only the client's own word ends the waiting"
    concern.confirm(by=ben)
    assert waiting() == []


def test_reading_what_the_client_shared_is_traced(together: Engagement, ana: User, ben: User) -> None:
    concern = a_concern(together, by=ben, share=True)
    page(ana, "concern", concern.pk)
    page(ben, "concern", concern.pk)
    reads = Trace.objects.visible_to(ben).filter(noun_id=concern.pk, verb="read")
    assert [trace.actor_id for trace in reads] == [ana.pk]
    assert "read a concern" in browser(ben).get(reverse("reads")).content.decode()


def test_an_empty_concern_comes_back_and_an_endless_one_with_its_words(together: Engagement, ben: User) -> None:
    for words in ("", " \n", "lighthouse" * 201):
        answer = post(ben, "add_concern", together.pk, once(words=words))
        assert answer.status_code == 422
        assert words.strip() in answer.content.decode()


def test_strangers_meet_the_same_404_as_for_nothing(
    together: Engagement, ben: User, cleo: User, dov: User, eve: User
) -> None:
    concern = a_concern(together, by=ben, share=True)
    option = Option(concern=concern, words="Stay", written_by=ben).keep("added", by=ben)
    names = ["reword_concern", "concern_readers", "label_concern", "hear_concern", "answer_concern", "add_option"]
    names += ["choose_step", "tell_concern", "say_intensity", "settle_concern", "carry_on_concern", "forget_concern"]
    strangers_meet_nothing([cleo, dov, eve], names, concern.pk)
    strangers_meet_nothing([cleo, dov, eve], ["choose_option", "let_option_go", "remove_option"], option.pk)
    for other in (cleo, dov, eve):
        assert browser(other).get(reverse("concern", args=[concern.pk])).status_code == 404
        assert not Concern.objects.visible_to(other).exists()
        assert not Option.objects.visible_to(other).exists()

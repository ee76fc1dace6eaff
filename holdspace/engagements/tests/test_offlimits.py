"""What the coach agreed not to bring up: a quiet word to the coach alone, and the words stay as written."""

import pytest
from django.urls import reverse

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement
from holdspace.engagements.offlimits import Topic, reminder, topics_of, touched
from holdspace.engagements.tests.agreeing import agreed_on, proposed
from holdspace.people.models import User
from holdspace.vault.models import new_id
from tests.cast import browser

SAID = {"day": "2026-12-01", "time": "14:30", "timezone": "Europe/London", "minutes": "60", "channel": "video"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("After the Divorce", True),
        ("Divorced, and then?", True),
        ("undivorced", False),
        ("The interview", False),
        ("", False),
    ],
)
def test_words_that_begin_like_a_topic_touch_it(words: str, found: bool) -> None:
    assert bool(touched(words, [Topic("the divorce", "divorce")])) is found


def test_a_topic_with_signs_in_it_is_taken_as_written() -> None:
    assert touched("about C++ (again)", [Topic("C++ (again)", "C++ (again)")]) == ["C++ (again)"]


def test_the_coach_is_reminded_after_saving_and_the_title_stays(ana: User, together: Engagement) -> None:
    agreed_on(together)
    said = SAID | {"once": str(new_id()), "title": "After the divorce"}
    page = browser(ana).post(reverse("add_session", args=[together.pk]), said, follow=True).content.decode()
    assert "you don&#x27;t bring up the divorce" in page
    session = Session.objects.visible_to(ana).get()
    assert session.title == "After the divorce"
    page = browser(ana).post(reverse("change_session", args=[session.pk]), said, follow=True).content.decode()
    assert "A reminder" in page


def test_the_form_knows_the_topics_while_typing(ana: User, together: Engagement) -> None:
    agreed_on(together)
    page = browser(ana).get(reverse("add_session", args=[together.pk])).content.decode()
    assert 'data-stem="divorce"' in page


def test_only_what_both_signed_reminds_and_only_the_coach(ana: User, ben: User, together: Engagement) -> None:
    proposed(together, ana)
    assert topics_of(together, ana) == []
    agreed_on(together)
    assert [topic.stem for topic in topics_of(together, ana)] == ["divorce"]
    assert topics_of(together, ben) == []
    assert reminder("divorce", together, ben) == ""

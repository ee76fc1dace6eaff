"""What is said of an engagement: the coach's to change, and nobody else's."""

import pytest
from django.urls import reverse

from holdspace.engagements.models import Engagement, NotACoach
from holdspace.people.models import User
from tests.cast import browser

SAID = {"name": "Ben Hale", "purpose": "A second start.", "rhythm": "weekly"}


def test_the_coach_says_it_anew(ana: User, together: Engagement) -> None:
    page = browser(ana).post(reverse("describe_client", args=[together.pk]), SAID, follow=True).content.decode()
    assert "A second start." in page
    assert "weekly" in page


def test_an_empty_name_is_refused_and_the_rest_is_kept_in_the_form(ana: User, together: Engagement) -> None:
    page = browser(ana).post(reverse("describe_client", args=[together.pk]), SAID | {"name": " "}).content.decode()
    assert "A second start." in page
    assert Engagement.objects.visible_to(ana).get().called == "Ben"


def test_neither_client_nor_stranger_changes_it(ben: User, cleo: User, eve: User, together: Engagement) -> None:
    for other in (ben, cleo, eve):
        assert browser(other).post(reverse("describe_client", args=[together.pk]), SAID).status_code == 404
    with pytest.raises(NotACoach):
        together.describe("B", "", "", by=ben)

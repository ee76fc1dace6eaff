"""Whoever pays and the days that matter: seen by the two, added and removed by either."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement, NotBetweenThem, Over, SpecialDate, Sponsor
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.people.models import User
from tests.cast import browser

PAYS = {"sponsor_name": "Dov Northwind", "organisation": "Northwind", "sponsor_email": "dov@northwind.example"}


def test_a_sponsor_is_named_only_where_the_pact_knows_of_one(ana: User, ben: User, together: Engagement) -> None:
    add = reverse("add_sponsor", args=[together.pk])
    agreed_on(together)
    page = browser(ana).post(add, PAYS).content.decode()
    assert "says that nobody pays" in page
    assert "Dov Northwind" in page
    agreed_on(together, sponsor=True)
    assert "Dov Northwind" in browser(ana).post(add, PAYS, follow=True).content.decode()
    seen = browser(ben).get(reverse("around", args=[together.pk])).content.decode()
    assert "Added by Ana" in seen
    assert "dov@northwind.example" in seen
    browser(ben).post(reverse("remove_sponsor", args=[Sponsor.objects.visible_to(ben).get().pk]))
    assert not Sponsor.objects.visible_to(ana).exists()


def test_special_dates_stand_on_the_client_page_while_they_come(ana: User, ben: User, together: Engagement) -> None:
    day = timezone.localdate() + timedelta(days=3)
    add = reverse("add_date", args=[together.pk])
    browser(ben).post(add, {"special_day": str(day), "label": "My son's exam"})
    SpecialDate.add(together, timezone.localdate() - timedelta(days=8), "Long ago", by=ana)
    page = browser(ana).get(reverse("client", args=[together.pk])).content.decode()
    assert "My son&#x27;s exam" in page
    assert "Long ago" not in page
    mine = SpecialDate.objects.visible_to(ana).coming().get()
    browser(ana).post(reverse("remove_date", args=[mine.pk]))
    assert not SpecialDate.objects.visible_to(ben).coming().exists()


def test_what_makes_no_date_comes_back_with_its_words(ana: User, together: Engagement) -> None:
    page = browser(ana).post(reverse("add_date", args=[together.pk]), {"special_day": "soon", "label": "The exam"})
    assert page.status_code == 422
    assert "The exam" in page.content.decode()


def test_nothing_is_added_after_the_ending(ana: User, together: Engagement) -> None:
    agreed_on(together, sponsor=True)
    together.end(timezone.localdate(), by=ana)
    with pytest.raises(Over):
        Sponsor.add(together, "Dov", "", "", by=ana)
    said = {"special_day": "2027-01-01", "label": "New year"}
    page = browser(ana).post(reverse("add_date", args=[together.pk]), said, follow=True)
    assert "Nothing new is added" in page.content.decode()


def test_nobody_else_sees_adds_or_removes(ana: User, cleo: User, eve: User, dov: User, together: Engagement) -> None:
    agreed_on(together, sponsor=True)
    sponsor = Sponsor.add(together, "Dov", "", "", by=ana)
    special = SpecialDate.add(together, date(2027, 1, 1), "New year", by=ana)
    for other in (cleo, eve, dov):
        there = browser(other)
        assert there.get(reverse("around", args=[together.pk])).status_code == 404
        assert there.post(reverse("add_sponsor", args=[together.pk]), PAYS).status_code == 404
        assert there.post(reverse("add_date", args=[together.pk])).status_code == 404
        assert there.post(reverse("remove_sponsor", args=[sponsor.pk])).status_code == 404
        assert there.post(reverse("remove_date", args=[special.pk])).status_code == 404
        assert not Sponsor.objects.visible_to(other).exists()
        assert not SpecialDate.objects.visible_to(other).exists()
        with pytest.raises(NotBetweenThem):
            sponsor.remove(by=other)

"""Whoever pays: seen by the two, added and removed by either."""

import pytest
from django.urls import reverse

from holdspace.engagements.models import Engagement, NotBetweenThem, Over, Sponsor
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


def test_nothing_is_added_after_the_ending(ana: User, together: Engagement) -> None:
    agreed_on(together, sponsor=True)
    together.end(ana.today, by=ana)
    with pytest.raises(Over):
        Sponsor.add(together, "Dov", "", "", by=ana)
    page = browser(ana).post(reverse("add_sponsor", args=[together.pk]), PAYS, follow=True)
    assert "Nothing new is added" in page.content.decode()


def test_nobody_else_sees_adds_or_removes(ana: User, cleo: User, eve: User, dov: User, together: Engagement) -> None:
    agreed_on(together, sponsor=True)
    sponsor = Sponsor.add(together, "Dov", "", "", by=ana)
    for other in (cleo, eve, dov):
        there = browser(other)
        assert there.get(reverse("around", args=[together.pk])).status_code == 404
        assert there.post(reverse("add_sponsor", args=[together.pk]), PAYS).status_code == 404
        assert there.post(reverse("remove_sponsor", args=[sponsor.pk])).status_code == 404
        assert not Sponsor.objects.visible_to(other).exists()
        with pytest.raises(NotBetweenThem):
            sponsor.remove(by=other)

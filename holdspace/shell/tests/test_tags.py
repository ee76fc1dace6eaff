"""The words templates may use."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch
from django.utils import timezone

from holdspace.vault.models import new_id


def said(source: str, **shown: object) -> str:
    return engines["django"].from_string(source).render(shown, RequestFactory().get("/clients/?name=ben&page=2"))


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))


def test_who_reads_has_one_form():
    assert said('{% who_reads "You and Ben" %}') == (
        '<p class="who-reads"><span>Who can read this:</span> You and Ben</p>'
    )
    assert "<i>" not in said("{% who_reads who %}", who="You and <i>")


def test_an_empty_place_says_what_will_be_there():
    page = said('{% empty "No sessions yet" %}<p>{{ words }}</p>{% endempty %}', words="Plan <one>.")
    assert page == '<div class="empty"><h2>No sessions yet</h2><p>Plan &lt;one&gt;.</p></div>'


@pytest.mark.usefixtures("november")
def test_a_moment_is_said_in_the_persons_own_zone():
    moment = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Europe/Helsinki")):
        assert said("{{ at|when }}", at=moment) == "Wednesday 25 November, 01:30, your time"
        assert said("{{ at|day }}", at=moment) == "Wednesday 25 November"
    with timezone.override(ZoneInfo("UTC")):
        assert said("{{ at|when }}", at=moment) == "Tuesday 24 November, 23:30, your time"


@pytest.mark.usefixtures("november")
def test_another_year_is_named():
    assert said("{{ at|day }}", at=date(2025, 3, 1)) == "Saturday 1 March 2025"
    assert said("{{ at|day }}", at=date(2026, 3, 1)) == "Sunday 1 March"


def test_an_address_about_one_of_many_is_the_address():
    pk = new_id()
    assert said("{% about 'edit_note' pk %} {% url 'edit_note' pk %}", pk=pk) == " ".join([f"/notes/{pk}/edit/"] * 2)
    with pytest.raises(NoReverseMatch):
        said("{% about 'no_such_page' pk %}", pk=pk)


def test_what_is_missing_is_a_dash():
    source = '{{ none|when }} {{ none|day }} {{ none|clock }} {{ none|share }} {{ none|figure:"words" }}'
    assert said(source, none=None) == "– – – – –"


@pytest.mark.parametrize(("seconds", "clock"), [(0, "0:00"), (59.9, "0:59"), (724, "12:04"), (3724, "1:02:04")])
def test_clock(seconds: float, clock: str):
    assert said("{{ at|clock }}", at=seconds) == clock


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.412, "share", "41%"),
        (1.04, "ratio", "1.04"),
        (17.0, "words", "17 words"),
        (23.44, "words", "23 words"),
        (3.44, "words", "3.4 words"),
        (1.25, "seconds", "1.2 s"),
        (0, "share", "0%"),
    ],
)
def test_figures(value: float, unit: str, words: str):
    assert said("{{ value|figure:unit }}", value=value, unit=unit) == words


def test_an_interval_in_words():
    assert said('{% likely .28 .55 "share" %}') == "likely between 28% and 55%"
    assert said("{% likely none none %}", none=None) == ""


def test_progress_known_and_unknown():
    page = said('{% progress 12 60 "Reading" %}')
    assert '<progress value="12" max="60" aria-label="Reading">' in page
    assert "12 of 60" in page
    assert '<progress aria-label="Reading">' in said('{% progress none none "Reading" %}', none=None)


def test_pages_keep_what_else_was_asked():
    page = said("{% pages page %}", page=Paginator(range(30), 10).page(2))
    assert 'rel="prev" href="?name=ben&amp;page=1"' in page
    assert 'rel="next" href="?name=ben&amp;page=3"' in page
    assert said("{% pages page %}", page=Paginator(range(3), 10).page(1)).strip() == ""

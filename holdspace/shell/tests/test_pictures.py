"""Pictures: what is drawn, and the same facts as a table."""

import re
from dataclasses import dataclass
from itertools import pairwise

import pytest
from django.template import engines

from holdspace.shell.pictures import Stretch, dots, interval, strip

NAMES = {"coach": "Ana", "client": "Ben <b>"}
SAID = [
    Stretch("coach", 0, 30, "#turn-0"),
    Stretch("client", 30, 90, "#turn-1"),
    Stretch("coach", 90, 100, "#turn-2"),
    Stretch("client", 100, 120, "#turn-3"),
]


@dataclass
class Row:
    label: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str = "share"
    reason: str | None = None


def bars(svg: str) -> list[tuple[float, float, str]]:
    found = re.findall(r'<rect x="([\d.]+)%" y="\d+" width="([\d.]+)%" height="\d+" data-to="([^"]+)"/>', svg)
    return [(float(x), float(width), to) for x, width, to in found]


def test_a_bar_for_every_turn_where_it_was_spoken():
    picture = strip(SAID, names=NAMES, caption="Who spoke when.")
    assert sorted(bars(picture.svg)) == [
        (0.0, 25.0, "#turn-0"),
        (25.0, 50.0, "#turn-1"),
        (75.0, 8.33, "#turn-2"),
        (83.33, 16.67, "#turn-3"),
    ]


def test_the_table_has_the_same_facts():
    picture = strip(SAID, names=NAMES, caption="Who spoke when.")
    assert [[cell.text for cell in row] for row in picture.rows] == [
        ["0:00", "Ana", "0:30"],
        ["0:30", "Ben <b>", "1:00"],
        ["1:30", "Ana", "0:10"],
        ["1:40", "Ben <b>", "0:20"],
    ]
    assert [row[0].href for row in picture.rows] == [bar[2] for bar in sorted(bars(picture.svg))]


def test_a_picture_says_in_words_what_it_shows_and_escapes_names():
    svg = strip(SAID, names=NAMES, caption="Who spoke when.").svg
    assert 'role="img"' in svg
    assert "<title>Who spoke when. Ana 33%, Ben &lt;b&gt; 67%.</title>" in svg
    assert "<b>" not in svg


def test_drawn_with_attributes_alone():
    svg = strip(SAID, names=NAMES, caption="Who spoke when.").svg
    assert "style" not in svg
    assert "#" not in re.sub(r'data-to="[^"]*"', "", svg), "colours come from the tokens"


def test_without_times_it_lies_along_the_words():
    picture = strip(SAID, names=NAMES, caption="Who spoke when.", timed=False)
    assert ">120 words</text>" in picture.svg
    assert [cell.text for cell in picture.rows[1]] == ["30", "Ben <b>", "60"]


def test_a_turn_of_no_length_can_still_be_seen():
    [(_, width, _)] = bars(strip([Stretch("coach", 5, 5, "#a")], names={"coach": "Ana"}, caption="").svg)
    assert width > 0


def test_nobody_spoke():
    picture = strip([], names=NAMES, caption="Who spoke when.")
    assert bars(picture.svg) == []
    assert picture.rows == ()


@pytest.mark.parametrize("length", [40, 61, 599, 1800, 2792, 3601, 5400, 20000])
def test_the_times_beneath_never_touch_on_a_phone(length: int):
    svg = strip([Stretch("coach", 0, length, "#a")], names={"coach": "Ana"}, caption="").svg
    ticks = re.findall(r'class="soft tick" x="([\d.]+)%"[^>]*text-anchor="(\w+)">([^<]+)<', svg)
    reach = {"start": (0, 1), "middle": (0.5, 0.5), "end": (1, 0)}
    spans = []
    for x, anchor, word in ticks:
        wide = 7.5 * len(word)
        before, after = reach[anchor]
        spans.append((324 * float(x) / 100 - before * wide, 324 * float(x) / 100 + after * wide))
    assert all(left[1] < right[0] for left, right in pairwise(spans)), ticks


MEASURES = [
    Row("Open questions", 0.41, 0.28, 0.55, 29),
    Row("Reflections for each question", 1.0, 0.5, 2.0, 60, "ratio"),
    Row("Words in a turn", 23.4, 18.2, 29.9, 84, "words"),
    Row("After reluctance", None, None, None, 6),
]


def test_measures_lie_where_their_value_says():
    svg = dots(MEASURES, caption="Measures.").svg
    assert re.findall(r'<circle cx="([\d.]+)%"', svg) == ["41.0", "50.0", "78.0"]
    assert re.findall(r'class="whisker" x1="([\d.]+)%" x2="([\d.]+)%"', svg) == [
        ("28.0", "55.0"),
        ("33.3", "66.7"),
        ("60.7", "99.7"),
    ]


def test_measures_say_the_same_in_the_table_and_a_hidden_one_is_a_dash():
    rows = [[cell.text for cell in row] for row in dots(MEASURES, caption="Measures.").rows]
    assert rows[0] == ["Open questions", "41%", "28% and 55%", "29"]
    assert rows[2] == ["Words in a turn", "23 words", "18 and 30 words", "84"]
    assert rows[3] == ["After reluctance", "–", "–", "6"]


def test_one_interval_and_none():
    assert "<title>41%, likely between 28% and 55%</title>" in interval(0.41, 0.28, 0.55)
    assert interval(None, None, None) == ""
    assert "whisker" not in interval(12, None, None, "words")


def test_a_value_beyond_its_scale_stays_on_the_picture():
    assert 'cx="100.0%"' in interval(40, 20, 80, "ratio")
    assert 'cx="0.0%"' in interval(0, 0, 0.1, "ratio")


def test_on_a_page_the_table_stands_beside_it():
    picture = strip(SAID, names={"coach": "Ana", "client": "Ben"}, caption="Who spoke when.")
    page = engines["django"].from_string("{% picture drawn %}").render({"drawn": picture})
    assert page.count("<tr>") == 1 + len(SAID)
    assert '<a href="#turn-1">0:30</a>' in page
    assert "<summary>The same as a table</summary>" in page

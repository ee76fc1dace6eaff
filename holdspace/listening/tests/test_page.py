"""The page: whole, self-contained, escaped, each picture with its table, each link with its place."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from holdspace.listening import CodedTurn, Heard, Suggestion, Transcript, Turn, listen, read
from holdspace.listening.measures import measure
from holdspace.listening.page import index_page, page
from holdspace.listening.pages import Pages, write_whole

from .talk import ana, ben, heard, session
from .test_hearing import SCRIPT

VOID = {"meta", "rect", "line", "br", "img", "link", "input"}


class Walk(HTMLParser):
    """Tags that open and close, places, links, and everything that would be fetched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in ("src", "srcset", "action", "style") or name.startswith("on"):
                self.fetched.append(f"{name}={value}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def a_session() -> Heard:
    turns = (*session(), ana(24, "A?B?", question="open", asked=2), ben(25, "I'm scared.", "sustain"))
    found = (Suggestion("promise", "send it", "client", 3, (0, 4), 0.9, "by Friday"),)
    return heard(turns, measures=measure(turns, "fine", {}), suggestions=found, coder="careful-6", asks=("Is Ana?",))


def test_the_page_is_whole() -> None:
    walk = Walk(page("a.vtt", a_session()))
    assert walk.open == []
    assert len(walk.ids) == len(set(walk.ids))
    assert {"svg", "table", "article", "details", "blockquote"} <= walk.tags


def test_every_link_has_its_place() -> None:
    walk = Walk(page("a.vtt", a_session()))
    assert {link.removeprefix("#") for link in walk.links} <= set(walk.ids)
    assert "#turn-4" in walk.links


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text = page("a.vtt", a_session())
    walk = Walk(text)
    assert walk.fetched == []
    assert not walk.tags & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert "url(" not in text
    assert "@import" not in text
    assert "://" not in text


def test_a_picture_has_its_table_twin() -> None:
    text = page("a.vtt", a_session())
    assert text.count("<rect") == 26
    assert text.count('<th scope="row">') == 26
    assert 'aria-label="Who spoke when. Ben 50%, Ana 50%."' in text


def test_figures_promises_and_codes_are_said() -> None:
    text = page("a.vtt", a_session())
    assert '.00<span class="range"> (.00–.23), 0 of 13</span>' in text
    assert "<blockquote>“send it”</blockquote>" in text
    assert "Ben, by Friday" in text
    assert '<p class="ask">Is Ana?</p>' in text
    assert "open question" in text
    assert "begins with “what”" in text


def test_found_words_are_marked_where_they_stand() -> None:
    text = page("a.txt", listen(read(SCRIPT.encode())))
    assert "<mark>I&#x27;ll send you the list of questions by Friday</mark>." in text
    assert text.count("<mark>") == 3


def test_everything_is_escaped() -> None:
    bad = "<script>alert('&\"')</script>"
    turns = (
        CodedTurn(Turn(0, bad, bad), "coach", ana(0, "", question="closed").codes, (), {"question": bad}),
        CodedTurn(Turn(1, bad + "2", bad), "client"),
    )
    one = Heard(
        Transcript(tuple(c.turn for c in turns), "json", "none", (bad,)),
        bad,
        turns,
        suggestions=(Suggestion("concern", bad, "client", 1, (0, 4), 0.9, bad),),
        coder=bad,
        asks=(bad,),
    )
    walk = Walk(page(bad, one, back=bad))
    assert "script" not in walk.tags
    assert "<script>alert(" not in page(bad, one) + index_page([(bad, bad, one)])


def test_nobody_known_as_the_coach_still_gives_a_page() -> None:
    text = page("a.txt", listen(Transcript((Turn(0, None, "Hello there."),), "text")))
    Walk(text)
    assert "Who is the coach?" in text
    assert "Hello there." in text


def test_an_empty_conversation_gives_a_page() -> None:
    Walk(page("a.json", listen(Transcript((), "json"))))


def test_paper_dark_and_a_narrow_screen_are_thought_of() -> None:
    text = page("a.txt", listen(read(SCRIPT.encode())))
    assert "@media print" in text
    assert "prefers-color-scheme: dark" in text
    assert "width=device-width" in text


def test_the_index_names_every_page() -> None:
    one = listen(read(SCRIPT.encode()))
    walk = Walk(index_page([("x/a b.txt", "a b.txt.html", one), ("ü.txt", "ü.txt.html", one)]))
    assert walk.links == ["a%20b.txt.html", "%C3%BC.txt.html"]


def test_several_files_of_one_name_get_a_page_each(tmp_path: Path) -> None:
    pages, one = Pages(tmp_path / "out", several=True), listen(read(SCRIPT.encode()))
    for name in ("a/x.vtt", "b/x.vtt", "b/X.vtt", "index", "-"):
        pages.add(name, one)
    pages.close()
    assert sorted(place.name for place in (tmp_path / "out").iterdir()) == [
        "X.vtt-3.html",
        "index-2.html",
        "index.html",
        "standard-input.html",
        "x.vtt-2.html",
        "x.vtt.html",
    ]


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a.html"
    place.write_text("old")
    place.chmod(0o640)
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        write_whole(place, "new")
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]
    assert place.read_text() == "old"
    monkeypatch.undo()
    write_whole(place, "new")
    assert place.read_text() == "new"
    assert place.stat().st_mode & 0o777 == 0o640


def test_colours_have_no_rule_against_reading() -> None:
    css = page("a", listen(Transcript((), "json")))
    assert not re.search(r"font-size:\s*\.[0-7]", css)

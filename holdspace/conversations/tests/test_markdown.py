"""Plain words are drawn without the reader of markup, and just as it would draw them."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from holdspace.conversations import markdown
from holdspace.conversations.markdown import as_html

PIECES = some.sampled_from(
    [
        *(
            "a",
            "I said",
            "Zoë",
            "田中",
            "“no”",
            "it's",
            '"',
            "(so)",
            "…",
            " ",
            "  ",
            "\t",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\x0b",
        ),
        *(
            "-",
            "- ",
            "---",
            "===",
            "+ ",
            "1. ",
            "2) ",
            "# ",
            "#",
            "> ",
            "*",
            "**",
            "_",
            "~~",
            "`",
            "```",
            "|",
            "=",
            "!",
            ".",
        ),
        *(
            "[x](y)",
            "&amp;",
            "&",
            "<b>",
            "<",
            ">",
            "\\",
            "https://example.org",
            "\x00",
            "\xa0",
            "\u2028",
            "\u3000",
            "\x85",
        ),
        *("\u200b", "\ufeff", "e\u0301", "😀", "\u0661. ", "1", "{", "}", "%", "$", "@", ":", ";", "?", "/"),
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.lists(PIECES, max_size=30).map("".join))
@example("```\n")
@example("```\n\nfoo\n\n```")
@example("1. a\n\n\n\n\n     - b")
@example("[x]\n\nfoo\n\n[x]: https://example.org")
@example("- a\n\nfoo\n\n- b\n\n\n  c\n\n    d\n\n\n    e\n\n1. f\n\nfoo\n\n2. g")
def test_both_ways_draw_the_same(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_is_plain", lambda said: False)
        patch.setattr(markdown, "FAR", markdown.re.compile(""))
        read = as_html(f"{text}\n")
    assert as_html(text) == read


def test_plain_words_never_meet_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "READER", None)
    said = "She said: “not yet”, it's £10 (or so).\r\nAnd then?\r\n\r\nWe'll see…"
    assert as_html(said) == "<p>She said: “not yet”, it's £10 (or so).<br>\nAnd then?</p>\n<p>We'll see…</p>\n"


def test_of_a_note_with_one_list_only_the_list_meets_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[str] = []
    monkeypatch.setattr(markdown, "_read", lambda said: met.append(said) or "")
    as_html("Before it.\n\n- one\n\n- two\n\nAfter it.\n\nAnd then.")
    assert met == ["- one\n\n- two"]

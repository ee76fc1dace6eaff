"""Our caption reader against another one, webvtt-py, on files that both should understand."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from holdspace.listening import read

webvtt = pytest.importorskip("webvtt")

TEXT = some.lists(some.sampled_from(["word", "two words", "a, b.", "é"]), min_size=1, max_size=3).map("\n".join)
BLOCK = some.one_of(
    some.tuples(some.sampled_from(["", "id\n", "7\n"]), some.integers(0, 9999), some.integers(1, 9999), TEXT).map(
        lambda cue: f"{cue[0]}{_stamp(cue[1])} --> {_stamp(cue[1] + cue[2])} align:start\n{cue[3]}"
    ),
    some.sampled_from(["NOTE a comment", "NOTE\ntwo\nlines", "STYLE\n::cue { color: red }", "REGION\nid:x"]),
)


def _stamp(tenths: int) -> str:
    minutes, rest = divmod(tenths, 600)
    return f"{minutes:02}:{rest // 10:02}.{rest % 10}00"


@given(
    some.lists(BLOCK, max_size=12),
    some.sampled_from(["\n", "\r\n", "\r"]),
    some.sampled_from(["", " - title", "\nKind: captions"]),
)
def test_both_hear_the_same(blocks: list[str], end: str, title: str) -> None:
    text = "\n\n".join([f"WEBVTT{title}", *blocks]).replace("\n", end)
    theirs = [
        (" ".join(caption.lines), caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds())
        for caption in webvtt.from_string(text)
    ]
    ours = [
        (turn.text, round((turn.start or 0) * 1000), round((turn.end or 0) * 1000))
        for turn in read(text.encode()).turns
    ]
    assert ours == theirs

"""The careful engine: a second look at doubtful turns, and the quick engine where that cannot be had."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from holdspace.listening import listen, read
from holdspace.listening.coder import careful, code_turns, coder_for
from holdspace.listening.coder.meanings import AROUND, NEAR, Words, rarity, with_neighbours
from holdspace.listening.coder.pieces import Pieces, words_in
from holdspace.listening.coder.windows import EDGE, FIRST, LAST, LONGEST, SIZE, clipped, trimmed, windows
from holdspace.listening.values import Turn

from .said import HOUR

SCRIPT = b"Ana: What would help?\nBen: I don't know, time.\nAna: You'd like more time.\nBen: Yes. I'll ask on Monday.\n"
TURNS = [Turn(at, role, text) for at, (role, text) in enumerate(HOUR)]
ROLES = [role for role, _ in HOUR]


def test_the_second_look_changes_only_doubtful_turns_of_a_coach() -> None:
    reader = careful.load_reader()
    assert reader is not None
    quick, both = code_turns(TURNS, ROLES, "quick"), code_turns(TURNS, ROLES, "careful")
    changed = [one != other for one, other in zip(quick, both, strict=True)]
    assert any(changed)
    for one, other in zip(quick, both, strict=True):
        if one != other and one.role == "coach":
            assert min(one.codes[head].p for head in careful.DOUBTS) < 0.97


def test_without_its_file_the_quick_engine_codes_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(careful, "FILE", tmp_path / "careful.npz")
    careful.load_reader.cache_clear()
    try:
        heard = listen(read(SCRIPT), "Ana")
        assert heard.coder == "quick-4" == coder_for("careful")
        assert heard.turns == listen(read(SCRIPT), "Ana", engine="quick").turns
    finally:
        careful.load_reader.cache_clear()


def test_without_onnxruntime_the_quick_engine_codes() -> None:
    ask = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from importlib import util; known = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'onnxruntime' else known(name, *rest)\n"
        "from holdspace.listening import listen, read\n"
        f"print(listen(read({SCRIPT!r}), 'Ana').coder)"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "quick-4"


def test_both_artefacts_are_numbers_and_small() -> None:
    from holdspace.listening.coder.model import FILE

    assert FILE.stat().st_size + careful.FILE.stat().st_size < 30_000_000
    with np.load(careful.FILE, allow_pickle=False) as kept:
        assert {kept[name].dtype.kind for name in kept.files} <= {"f", "i", "u"}


def test_pieces_are_spelled_from_the_left() -> None:
    some = Pieces(
        {word: at for at, word in enumerate(["[UNK]", "un", "##ask", "##ed", "unasked", "?", "don", "'", "t"])}
    )
    assert some.of("Unasked?") == [4, 5]
    assert some.of("unask") == [1, 2]
    assert some.of("don’t") == [6, 7, 8]
    assert some.of("Ünäsked [laughs]") == [4]
    assert some.of("xyz") == [0]


def test_words_are_the_same_with_and_without_accents() -> None:
    assert list(words_in("Café, déjà-vu\u200b!")) == ["cafe", ",", "deja", "-", "vu", "!"]


def test_a_window_holds_the_wanted_turns_and_their_neighbours() -> None:
    turns = [[at] * 20 for at in range(30)]
    found = list(windows(turns, [3, 5, 20]))
    assert [sorted(one.wanted) for one in found] == [[3, 5], [20]]
    first = dict(found[0].turns)
    assert list(first) == [1, 2, 3, 4, 5, 6]
    assert (len(first[1]), len(first[3]), len(first[6])) == (EDGE, 20, EDGE)


def test_every_wanted_turn_is_read_once_in_windows_of_a_bounded_size() -> None:
    turns = [[1] * (at * 7 % 90) for at in range(200)]
    wanted = [at for at in range(200) if at % 3]
    found = list(windows(turns, wanted))
    assert sorted(place for one in found for place in one.wanted) == wanted
    assert all(sum(len(some) + 1 for _, some in one.turns) <= SIZE + LONGEST for one in found)
    assert len(clipped([0] * 500)) == LONGEST


def test_what_a_clients_words_mean_is_weighed_turn_by_turn_and_no_mark_counts() -> None:
    said = ["How is it?", "I want to try, really.", "Yes?", "I can't do it.", "Hm.", "So.", "Anything."]
    bare = ["how is it", "i want to try really", "yes", "i can't do it", "hm", "so", "far off"]
    found, again = leaning(said), leaning(bare)
    assert {at: row.shape for at, row in found.items()} == {1: (3,), 3: (3,)}
    for at in found:
        assert np.allclose(found[at], again[at], atol=1e-5)
        assert np.allclose(found[at], leaning(said, [at])[at], atol=1e-5)
    assert found[1].argmax() == 0
    assert found[3][2] > found[1][2]


def leaning(texts: list[str], wanted: Sequence[int] = (1, 3)) -> dict[int, np.ndarray]:
    """How the words of a client's turns lean by themselves."""
    reader = careful.load_reader()
    assert reader is not None
    looks = reader.leaning(texts, [at % 2 == 0 for at in range(len(texts))], wanted)
    return {at: look["talk"][1] for at, look in looks.items()}


def test_a_clients_turn_is_read_with_what_was_asked() -> None:
    reader = careful.load_reader()
    assert reader is not None
    said = ["So you'd like to stop smoking?", "Yeah, I would.", "And you can't?", "I don't think I can. I tried."]
    coach = [True, False, True, False]
    found = {at: row["talk"] for at, row in reader.client.read(said, coach, [1, 3]).items()}
    assert found[1].argmax() == 0
    assert found[3][2] - found[3][0] > found[1][2] - found[1][0]
    other = reader.client.read(["Do you have the form?", *said[1:]], coach, [1])[1]["talk"]
    assert other[0] - other[1] < found[1][0] - found[1][1]


def test_of_a_coachs_long_turn_only_the_ends_are_read_beside_a_clients() -> None:
    some = list(range(100))
    assert trimmed(some) == [*some[:FIRST], *some[-LAST:]]
    assert trimmed(some[:FIRST]) == some[:FIRST]


def test_a_turn_means_what_its_rarer_words_mean() -> None:
    whole = np.array([[0, 0], [100, 0], [0, 100]] + [[1, 1]] * 2000, np.int8)
    words = Words(whole, np.full((len(whole), 1), 0.01, np.float32))
    some = words.turns([[1, 1], [2], []], np.zeros(2, np.float32))
    assert np.allclose(some, [[1, 0], [0, 1], [0, 0]])
    assert rarity([1000])[0] < rarity([1999])[0]
    first, second = (row.reshape(len(AROUND), 2).tolist() for row in with_neighbours(some, [0, 1]))
    assert first == [[1, 0], [0, 0], [0, pytest.approx(NEAR)], [0, 0], [0, 0], [0, 0]]
    assert second == [[0, 1], [pytest.approx(NEAR), 0], [0, 0], [0, 0], [0, 0], [0, 0]]

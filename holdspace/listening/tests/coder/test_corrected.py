"""A practice's own corrections: tried by folds, written only when asked."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="scikit-learn is not installed; only training needs it")

from holdspace.listening.coder import model
from training import command, corrected, sessions


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    path = tmp_path / "corrected.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for one in sessions.sessions()[:5]:
            for turn in one.turns:
                said = {"session": one.name, "role": turn.role, "text": turn.text, "codes": turn.labels}
                out.write(json.dumps(said) + "\n")
    return path


def test_it_says_by_folds_whether_they_help_and_changes_nothing(corrections: Path) -> None:
    before = model.FILE.read_bytes()
    lines = list(corrected.report(corrections, None))
    assert [line.split()[0] for line in lines[1:6]] == ["main", "question", "reflection", "input", "talk"]
    assert all("→" in line for line in lines[1:6])
    assert lines[-1].startswith("It ")
    assert model.FILE.read_bytes() == before


def test_the_engine_is_written_when_asked_and_can_be_read(
    corrections: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: None
) -> None:
    out = tmp_path / "quick.npz"
    assert command.main(["train", "--own", str(corrections), "--use", str(out)]) == command.DONE
    shipped = model.load("coach", True)
    monkeypatch.setattr(model, "FILE", out)
    model.load.cache_clear()
    model._arrays.cache_clear()
    own = model.load("coach", True)
    assert (own.signs != shipped.signs).any()
    assert (own.runs == shipped.runs).all()


@pytest.fixture
def kept() -> Iterator[None]:
    yield
    model.load.cache_clear()
    model._arrays.cache_clear()


@pytest.mark.parametrize(
    "line", ["no json", "{}", '{"session": 1, "role": "boss", "text": "x"}',
             '{"session": 1, "role": "coach", "text": "x", "codes": {"main": "change"}}']
)  # fmt: skip
def test_a_line_that_is_no_corrected_turn_is_named(
    tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.jsonl").write_text(line + "\n")
    assert command.main(["train", "--own", str(tmp_path / "own.jsonl")]) == command.REFUSED
    assert "line 1" in capsys.readouterr().err

"""Training: labels, folds, and a model that is the same every time."""

import csv
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="scikit-learn is not installed; only training needs it")

from training import annomi, sessions
from training.folding import FOLDS, fold_of
from training.judging import quick_outcomes, unseen_in
from training.learn import lots

COLUMNS = (
    "transcript_id,video_url,utterance_id,interlocutor,utterance_text,therapist_input_exists,therapist_input_subtype,"
    "reflection_exists,question_exists,question_subtype,main_therapist_behaviour,client_talk_type"
)
ASKS = ("1", "v", "0", "therapist", "Did you go?", "False", "n/a", "False", "True", "closed", "question", "n/a")
OPENS = ("1", "v", "0", "therapist", "Did you go?", "False", "n/a", "False", "True", "open", "question", "n/a")
TELLS = (
    "1",
    "v",
    "0",
    "therapist",
    "Did you go?",
    "True",
    "options",
    "False",
    "False",
    "n/a",
    "therapist_input",
    "n/a",
)
SAYS = ("1", "v", "1", "client", "No.", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a", "sustain")


def written(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([COLUMNS.split(","), *rows])
    return path


def test_annotators_are_settled_by_majority(tmp_path: Path) -> None:
    (only,) = annomi.conversations(written(tmp_path / "some.csv", SAYS, ASKS, TELLS, OPENS, ASKS))
    assert [one.role for one in only.utterances] == ["coach", "client"]
    assert only.utterances[0].labels == {
        "main": "question",
        "question": "closed",
        "reflection": "none",
        "input": "none",
    }
    assert only.utterances[1].labels == {"talk": "sustain"}


def test_rare_kinds_of_input_are_one(tmp_path: Path) -> None:
    (only,) = annomi.conversations(written(tmp_path / "some.csv", TELLS))
    assert (only.utterances[0].labels["main"], only.utterances[0].labels["input"]) == ("input", "offer")


def test_stripped_text_is_what_raw_recognition_gives() -> None:
    assert annomi.stripped("Well, I—I don’t know [laughs]. You?") == "well i i don't know you"


def test_our_own_turns_are_never_checked_on_and_videos_stay_together() -> None:
    some = sessions.conversations()
    theirs = [annomi.Conversation(one.name, f"video {at % 6}", one.utterances) for at, one in enumerate(some[:12])]
    lot = lots([*theirs, *some[12:16]], marked=True)["coach"]
    fold = lot.fold(fold_of(theirs))
    assert (fold[lot.ours] == -1).all()
    assert (fold[~lot.ours] >= 0).all()
    for at in range(FOLDS):
        assert not set(lot.videos[fold == at]) & set(lot.videos[fold != at])


def test_unseen_scores_are_for_checked_turns_and_a_fold_never_judges_itself() -> None:
    some = sessions.conversations()
    theirs = [annomi.Conversation(one.name, f"video {at % 10}", one.utterances) for at, one in enumerate(some[:10])]
    one = unseen_in(lots([*theirs, *some[60:]], marked=True)["client"], True, fold_of(theirs))
    assert np.isnan(one.scores["talk"][one.fold < 0]).all()
    assert not np.isnan(one.scores["talk"][one.fold >= 0]).any()
    found = quick_outcomes(one)["talk"]
    assert len(found.truth) == (one.fold >= 0).sum()
    assert 0.2 < found.score() <= 1
    assert found.calibration_error() < 0.2

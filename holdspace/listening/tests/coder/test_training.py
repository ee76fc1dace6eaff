"""Training: labels, folds, and a model that is the same every time."""

import csv
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="scikit-learn is not installed; only training needs it")

from holdspace.listening.coder import careful
from training import annomi, held, sessions
from training.folding import FOLDS, fold_of
from training.judging import quick_outcomes, unseen_in
from training.learn import calibrated, fairest, lots, macro_f1
from training.meanings import leanings, words_of_weights

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


def test_rare_codes_get_their_due_as_far_as_that_helps() -> None:
    rng = np.random.default_rng(3)
    truth = (rng.random(2000) < 0.15).astype(np.int64)
    scores = np.stack([np.zeros(2000), 1.2 * truth - 0.6 + rng.normal(size=2000)], 1)
    _, head = calibrated(("common", "rare"), [scores], truth, 0.9)
    chances = head.chances(scores)
    assert macro_f1(truth, head.picked(chances)) > macro_f1(truth, chances.argmax(axis=1))
    assert 0.4 <= fairest(chances, head.shift, truth) <= 1.6
    assert head.favour[1] > head.favour[0]


def test_macro_f1_is_the_mean_over_codes() -> None:
    truth, said = np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2])
    assert macro_f1(truth, said) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


def test_how_a_clients_words_lean_is_weighed_by_those_who_never_saw_them() -> None:
    reader = careful.load_reader()
    assert reader is not None
    some = sessions.conversations()
    theirs = [annomi.Conversation(one.name, f"video {at % 10}", one.utterances) for at, one in enumerate(some[:10])]
    read = {(one.name, way): np.full((len(one.utterances), 16), np.nan) for one in theirs for way in (True, False)}
    found, lean = leanings(theirs, some[10:12], read, reader.client.pieces, reader.lean.words)
    assert all(np.isnan(rows).all() for rows in read.values())
    for one in theirs:
        talk = found[one.name, True][:, -3:]
        client = np.array([turn.role == "client" and any(map(str.isalpha, turn.text)) for turn in one.utterances])
        assert not np.isnan(talk[client]).any()
        assert np.isnan(talk[[turn.role == "coach" for turn in one.utterances]]).all()
    assert lean.weights.shape == reader.lean.weights.shape


def test_word_pieces_are_kept_in_eight_bits() -> None:
    table = np.random.default_rng(0).normal(size=(5, 8)).astype(np.float32)
    words = words_of_weights(table)
    assert words.whole.dtype == np.int8
    assert np.abs(words.of(range(5)) - table).max() <= words.step.max() / 2 + 1e-6


def test_what_ships_is_only_judged_on_conversations_it_never_saw(tmp_path: Path) -> None:
    known = sorted(held.learned_from())[0]
    seen, new = ((name, *row[1:]) for name in (known, "held back") for row in (ASKS,))
    answer = ("held back", *SAYS[1:])
    lines = list(held.report(written(tmp_path / "some.csv", seen, new, answer)))
    assert lines[0] == "Left out, since the coder learned from them: 1 of 2 conversations."
    assert lines[1].startswith("1 conversations that")
    assert len([line for line in lines if " main " in line]) == 4
    with pytest.raises(ValueError, match="every conversation"):
        list(held.report(written(tmp_path / "seen.csv", seen)))


def test_talks_about_habits_teach_how_a_client_leans_and_nothing_of_coaching() -> None:
    said = sessions.turn("coach: [open] What now?"), sessions.turn("client: [change] I want to stop.")
    turns = tuple(annomi.Utterance(one.role, one.text, one.labels) for one in said)
    names = (f"{sessions.HABITS}1", "own-short-1")
    learned = lots([annomi.Conversation(name, name, turns) for name in names], marked=True)
    assert {role: set(lot.sessions.tolist()) for role, lot in learned.items()} == {
        "coach": {"own-short-1"},
        "client": set(names),
    }

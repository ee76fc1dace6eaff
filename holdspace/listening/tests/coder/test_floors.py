"""The floors: how good the coder has to be on conversations that it has not seen."""

import os
from pathlib import Path

import pytest

ANNOMI = os.environ.get("HOLDSPACE_ANNOMI", "")


@pytest.mark.skipif(not ANNOMI, reason="HOLDSPACE_ANNOMI does not say where annomi-open.csv is: floors not checked")
@pytest.mark.parametrize(("marked", "main", "question"), [(True, 0.70, 0.74), (False, 0.65, 0.65)])
def test_macro_f1_by_folds_of_whole_videos(marked: bool, main: float, question: float) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed; only training needs it")
    from training import annomi, own
    from training.evaluate import outcomes
    from training.learn import lots

    some = annomi.conversations(Path(ANNOMI)) + own.conversations()
    found = outcomes(lots(some, marked)["coach"], marked, folds=3, inner=2)
    assert found["main"].score() >= main
    assert found["question"].score() >= question

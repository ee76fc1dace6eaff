"""The floors: how good each engine has to be on conversations that it has not seen."""

import os
from pathlib import Path

import pytest

ANNOMI = os.environ.get("HOLDSPACE_ANNOMI", "")
FLOORS = {
    ("quick", True): {"main": 0.73, "question": 0.75, "talk": 0.48},
    ("quick", False): {"main": 0.71, "question": 0.69, "talk": 0.47},
    ("careful", True): {"main": 0.77, "question": 0.78, "talk": 0.55},
    ("careful", False): {"main": 0.74, "question": 0.70, "talk": 0.55},
}


@pytest.mark.slow
@pytest.mark.skipif(not ANNOMI, reason="HOLDSPACE_ANNOMI does not say where annomi-open.csv is: floors not checked")
def test_macro_f1_and_calibration_by_folds_of_whole_videos() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed; only training needs it")
    from training import reading
    from training.evaluate import judgement, unseen

    some, quick = unseen(Path(ANNOMI))
    found = judgement(quick, reading.read_and_weighed(some))
    for (engine, marked), floors in FLOORS.items():
        for head, floor in floors.items():
            one = getattr(found, engine)[marked][head]
            assert one.by_fold().mean() >= floor, (engine, marked, head)
            assert one.calibration_error() <= 0.04, (engine, marked, head)
    assert found.careful[True]["main"].surest(0.7) >= 0.9

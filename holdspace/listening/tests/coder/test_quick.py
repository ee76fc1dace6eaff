"""The quick engine is light: small, quick, and numpy alone."""

import subprocess
import sys
import time

from holdspace.listening.coder import code_turns
from holdspace.listening.coder.model import FILE
from holdspace.listening.values import Role, Turn

from .said import HOUR

ASK = """
import sys
from holdspace.listening import Turn
import holdspace.listening.coder as coder
assert "numpy" not in sys.modules, "importing the coder needs no numpy"
turns = [Turn(0, "Ana", "What would help?"), Turn(1, "Ana", "so you are tired of it")]
coder.code_turns(turns, ["coach", "coach"], "quick")
there = {name.split(".")[0] for name in sys.modules}
heavy = {"sklearn", "scipy", "torch", "onnxruntime", "pandas", "training", "django"} & there
print(sorted(heavy))
"""


def test_running_needs_numpy_only() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_model_is_small_and_holds_no_text() -> None:
    import numpy as np

    assert FILE.stat().st_size < 4_000_000
    with np.load(FILE, allow_pickle=False) as kept:
        assert {kept[name].dtype.kind for name in kept.files} == {"f", "i"}


def test_a_thousand_turns_a_second_even_on_a_busy_machine() -> None:
    many = HOUR * 45
    assert len(many) / min(_seconds(many) for _ in range(4)) > 1000


def _seconds(said: tuple[tuple[Role, str], ...]) -> float:
    begun = time.process_time()
    turns = [Turn(index, role, text) for index, (role, text) in enumerate(said)]
    code_turns(turns, [role for role, _ in said], "quick")
    return time.process_time() - begun

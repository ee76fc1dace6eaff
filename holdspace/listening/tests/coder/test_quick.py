"""The quick engine is light: small, quick, and numpy alone."""

import subprocess
import sys

from holdspace.listening.coder.model import FILE

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

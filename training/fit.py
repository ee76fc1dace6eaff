"""Train the light coder: `python -m training.fit --annomi PATH`."""

import argparse
import io
import time
import zipfile
from pathlib import Path

import numpy as np

from holdspace.listening.coder.model import FILE, HEADS, Model
from training.annomi import conversations
from training.learn import learned, lots


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annomi", type=Path, required=True, help="annomi-full.csv or a part of it")
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args()
    begun = time.perf_counter()
    some = conversations(asked.annomi)
    arrays: dict[str, np.ndarray] = {}
    for marked in (True, False):
        ready = lots(some, marked)
        for role in HEADS:
            arrays |= arrays_of(learned(ready[role]), f"{role}-{'marked' if marked else 'bare'}")
    write(arrays, asked.out)
    print(f"{asked.out}: {asked.out.stat().st_size / 1e6:.2f} MB, {time.perf_counter() - begun:.0f} s")


def arrays_of(model: Model, part: str) -> dict[str, np.ndarray]:
    """A model as named arrays, the way `coder.model.load` reads them."""
    found = {f"{part}-centre": model.centre, f"{part}-spread": model.spread}
    for name, head in model.heads.items():
        for field in ("runs", "step", "signs", "bias", "heat", "shift", "favour", "sure", "prior"):
            found[f"{part}-{name}-{field}"] = np.asarray(getattr(head, field))
    return found


def write(arrays: dict[str, np.ndarray], path: Path) -> None:
    """One .npz, the same bytes for the same numbers (no clock in it)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as kept:
        for name in sorted(arrays):
            held = io.BytesIO()
            np.lib.format.write_array(held, arrays[name], allow_pickle=False)
            kept.writestr(zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0)), held.getvalue())


if __name__ == "__main__":
    main()

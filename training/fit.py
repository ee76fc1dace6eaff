"""Train the light coder: `python -m training.fit --annomi PATH`."""

import argparse
import io
import time
import zipfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from holdspace.listening.coder.marks import Marks
from holdspace.listening.coder.model import FILE, Model
from training import annomi, own
from training.learn import learned, lots
from training.marking import marks_of


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annomi", type=Path, required=True, help="AnnoMI-full.csv or a part of it")
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args()
    begun = time.perf_counter()
    fitted(annomi.conversations(asked.annomi) + own.conversations(), asked.out)
    print(f"{asked.out}: {asked.out.stat().st_size / 1e6:.2f} MB, {time.perf_counter() - begun:.0f} s")


def fitted(some: Sequence[annomi.Conversation], out: Path) -> Path:
    """The whole coder learned from these conversations, in a file."""
    arrays = marks_arrays(marks_of(some))
    for marked in (True, False):
        for role, lot in lots(some, marked).items():
            arrays |= arrays_of(learned(lot), f"{role}-{'marked' if marked else 'bare'}")
    write(arrays, out)
    return out


def marks_arrays(marks: Marks) -> dict[str, np.ndarray]:
    """The restorer of marks as named arrays."""
    return {f"marks-{field.name}": np.asarray(getattr(marks, field.name)) for field in fields(marks)}


def arrays_of(model: Model, part: str) -> dict[str, np.ndarray]:
    """A model as named arrays, the way `coder.model.load` reads them."""
    whole = ("runs", "step", "signs", "bias", "centre", "spread")
    found = {f"{part}-{name}": np.asarray(getattr(model, name)) for name in whole}
    for name, head in model.heads.items():
        found[f"{part}-{name}-codes"] = np.stack([head.shift, head.favour, head.prior])
        found[f"{part}-{name}-lines"] = np.array([head.heat, head.sure])
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

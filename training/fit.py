"""Both engines' artefacts from labelled conversations: named arrays in an .npz, the same bytes for the same numbers."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from holdspace.listening.coder.careful import LEAN, Mix
from holdspace.listening.coder.marks import Marks
from holdspace.listening.coder.meanings import Lean
from holdspace.listening.coder.model import Head, Model
from training.annomi import Conversation
from training.judging import LINE, Read, Unseen, mixes_for, read_again, read_by_head
from training.learn import learned
from training.marking import marks_of

Arrays = dict[str, np.ndarray]


def part_of(role: str, marked: bool) -> str:
    """What the arrays of one role and way begin with."""
    return f"{role}-{'marked' if marked else 'bare'}"


def quick_artefact(some: Sequence[Conversation], unseen: Sequence[Unseen], out: Path) -> Path:
    """The quick engine learned from these conversations, in a file."""
    arrays = marks_arrays(marks_of(some))
    for one in unseen:
        arrays |= model_arrays(learned(one.lot, one.scores), part_of(one.lot.role, one.marked))
    write(arrays, out)
    return out


def careful_artefact(
    graphs: Mapping[str, bytes], words: bytes, lean: Lean, unseen: Sequence[Unseen], read: Read, out: Path
) -> Path:
    """The careful engine: both transformers, their vocabulary, how a client's words lean, and how the scores of these
    are mixed with the quick engine's."""
    arrays: Arrays = {name: np.frombuffer(graph, np.uint8) for name, graph in graphs.items()}
    arrays |= {"vocabulary": np.frombuffer(words, np.uint8)}
    arrays |= {"words-whole": lean.words.whole, "words-step": lean.words.step, "coach-line": np.array(LINE)}
    arrays |= {f"lean-{name}": getattr(lean, name) for name in LEAN}
    for one in unseen:
        scores = read_by_head(one, read)
        mixes = mixes_for(one, scores, read_again(one, scores))
        arrays |= mix_arrays(mixes, part_of(one.lot.role, one.marked))
    write(arrays, out)
    return out


def marks_arrays(marks: Marks) -> Arrays:
    """The restorer of marks as named arrays."""
    return {f"marks-{field.name}": np.asarray(getattr(marks, field.name)) for field in fields(marks)}


def model_arrays(model: Model, part: str) -> Arrays:
    """A model as named arrays, the way `coder.model.load` reads them."""
    whole = ("runs", "step", "signs", "bias", "centre", "spread")
    found = {f"{part}-{name}": np.asarray(getattr(model, name)) for name in whole}
    for name, head in model.heads.items():
        found |= head_arrays(head, f"{part}-{name}")
    return found


def mix_arrays(mixes: Mapping[str, Mix], part: str) -> Arrays:
    """Mixes as named arrays, the way `coder.careful.mixes_in` reads them."""
    found: Arrays = {}
    for name, mix in mixes.items():
        found |= head_arrays(mix.head, f"{part}-{name}") | {f"{part}-{name}-mix": np.array([mix.quick, *mix.looks])}
    return found


def head_arrays(head: Head, part: str) -> Arrays:
    """A head as named arrays, the way `coder.model.head_in` reads them."""
    return {
        f"{part}-codes": np.stack([head.shift, head.favour, head.prior]),
        f"{part}-lines": np.array([head.heat, head.sure]),
    }


def write(arrays: Mapping[str, np.ndarray], path: Path, packed: bool = False) -> None:
    """One .npz, the same bytes for the same numbers (no clock in it)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as kept:
        for name in sorted(arrays):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.asarray(arrays[name]), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            kept.writestr(entry, held.getvalue())

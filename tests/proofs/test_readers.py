"""Spoiled files into each of our readers: words or one kind sentence come out, in bounded time, and nothing else."""

import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

import pytest

from holdspace.listening.tests.readers.test_any_bytes import whole

from .amount import amount
from .samples import FORMS
from .spoiling import spoiled

INPUTS, QUICK, CHUNK = 1_000_000, 300, 5_000
LONGEST, EACH_BYTE = 1.0, 8e-6
"""Seconds of processor that one input may take, and as many more for each of its bytes."""
REACHED = 0.15
"""At least this share of a form's inputs is still understood by the form's own reader, or the rest proves little."""


class TooSlow(BaseException):
    """One input takes more than its share; no reader may catch it."""


@dataclass
class Told:
    """What came of a form's inputs."""

    came: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def add(self, other: "Told") -> None:
        """Count another's too."""
        self.came += other.came
        self.faults += other.faults
        self.slowest = max(self.slowest, other.slowest)


@contextmanager
def bounded() -> Iterator[None]:
    """Processor seconds of this process, counted by the kernel."""

    def stop(*_: Any) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def put_in(form: str, first: int, last: int) -> Told:
    """Read some of a form's inputs."""
    told = Told()
    with bounded():
        for number in range(first, last):
            raw = spoiled(form, number)
            began = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, LONGEST + EACH_BYTE * len(raw))
            try:
                found = whole(raw)
                told.came[found.format if found else "refused"] += 1
            except (Exception, TooSlow, pytest.fail.Exception) as fault:  # noqa: BLE001 whatever it is, it is told
                told.faults.append(f"{form} {number}: {fault!r} for {raw[:300]!r} ({len(raw)} bytes)")
            told.slowest = max(told.slowest, time.process_time() - began)
    return told


def of_each(inputs: int, hands: int) -> dict[str, Told]:
    """All inputs of all forms, by several processes."""
    told = {form: Told() for form in FORMS}
    with ProcessPoolExecutor(hands, mp_context=get_context("spawn")) as pool:
        jobs = [
            (form, pool.submit(put_in, form, first, min(inputs, first + CHUNK)))
            for form in FORMS
            for first in range(0, inputs, CHUNK)
        ]
        for form, job in jobs:
            told[form].add(job.result())
    return told


def hold(told: dict[str, Told], inputs: int) -> None:
    """Nothing unexpected, and enough that was understood."""
    faults = [fault for one in told.values() for fault in one.faults]
    assert not faults, "\n".join([f"{len(faults)} unexpected", *faults[:20]])
    for form, one in told.items():
        assert one.came.total() == inputs
        assert one.came[form] >= REACHED * inputs, f"{form} was understood too rarely: {one.came}"
        assert one.came["refused"] > 0


@pytest.mark.prove
def test_a_million_for_each_reader(record_property: Any) -> None:
    inputs = amount(INPUTS, 2_000)
    told = of_each(inputs, hands=2)
    hold(told, inputs)
    understood = sum(one.came.total() - one.came["refused"] for one in told.values()) / (inputs * len(told))
    slowest = max(one.slowest for one in told.values())
    record_property(
        "measured",
        f"{inputs:,} for each of {len(told)}, 0 unexpected, {understood:.0%} still understood, "
        f"the slowest {slowest * 1000:.0f} ms of processor",
    )


@pytest.mark.parametrize("form", FORMS)
def test_some_for_each_reader(form: str) -> None:
    hold({form: put_in(form, 0, QUICK)}, QUICK)


def test_a_reader_that_fails_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from holdspace.listening.readers import engines

    monkeypatch.setattr(engines, "_is_key", lambda value: True)
    assert put_in("rev", 0, QUICK).faults, "an unhashable speaker was never among the inputs"

"""Ctrl-C between whole pieces of work: what is being written is finished, then the command stops."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def whole() -> Iterator[None]:
    """Hold back Ctrl-C until the block is through, then raise KeyboardInterrupt. Elsewhere than in the main thread,
    or where the signal is handled by somebody else, the block just runs."""
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or usual is not signal.default_int_handler:
        yield
        return
    struck: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        struck.append(number)

    signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if struck:
        raise KeyboardInterrupt

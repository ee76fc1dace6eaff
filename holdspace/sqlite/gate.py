"""The write gate: writers to one file queue in the order they came, across threads and processes."""

import fcntl
import os
import time
from collections import deque
from pathlib import Path
from threading import Lock

POLL = 0.0005
"""Seconds between two tries for another process's lock; only the first thread in the queue tries."""


class GateTimeout(Exception):
    """The gate did not open in time."""


class Queue:
    """A lock that is handed over in the order of arrival."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def acquire(self, timeout: float) -> bool:
        """Wait for the turn; False when it didn't come in time."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=timeout):
            return True
        with self._mutex:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
        return True  # the turn came at the very last moment

    def release(self) -> None:
        """Hand over to the one who waits longest."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class FileLock:
    """An flock on a file of its own, waited for with a limit."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def acquire(self, deadline: float) -> bool:
        """Try until the deadline (monotonic seconds)."""
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(POLL)
            else:
                return True

    def release(self) -> None:
        """Let another process in."""
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Forget the file; locks held through another descriptor stay."""
        os.close(self._file)


class Gate:
    """One writer at a time for one database file."""

    def __init__(self, path: Path) -> None:
        self._threads = Queue()
        self._next = FileLock(path.with_name(path.name + ".next"))
        self._inside = FileLock(path)

    def enter(self, timeout: float) -> None:
        """Wait for the turn among all writers; raises GateTimeout."""
        deadline = time.monotonic() + timeout
        if not self._threads.acquire(timeout):
            raise GateTimeout
        if self._enter_file(deadline):
            return
        self._threads.release()
        raise GateTimeout

    def _enter_file(self, deadline: float) -> bool:
        # Who waits holds "next", so a process that has just left cannot come in again before them.
        if not self._next.acquire(deadline):
            return False
        try:
            return self._inside.acquire(deadline)
        finally:
            self._next.release()

    def leave(self) -> None:
        """Let the next writer in."""
        self._inside.release()
        self._threads.release()

    def close(self) -> None:
        """Forget the files, in a child process after a fork."""
        self._next.close()
        self._inside.close()


_gates: dict[Path, Gate] = {}
_gates_mutex = Lock()


def gate_of(database: Path) -> Gate:
    """The one gate of this process for a database file."""
    path = database.resolve()
    with _gates_mutex:
        if path not in _gates:
            _gates[path] = Gate(path.with_name(path.name + ".gate"))
        return _gates[path]


def _forget() -> None:
    global _gates_mutex
    _gates_mutex = Lock()
    for gate in _gates.values():
        gate.close()
    _gates.clear()


os.register_at_fork(after_in_child=_forget)

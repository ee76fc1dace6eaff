"""What a process did to its files, from strace: each write, each sync, each change of the folder, in their order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = "openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename"
KNOWN = frozenset(CALLS.split(","))
STRACE = ("strace", "-f", "-y", "-xx", "-s", "70000", "--seccomp-bpf", "-e", f"trace={CALLS}", "-e", "signal=none")
LINE = re.compile(r"(?P<who>\d+) +(?P<call>\w+)\((?P<given>.*)\) += (?P<gave>-?\d+)")
BEGUN = re.compile(r"(?P<who>\d+) +(?P<call>\w+)\((?P<given>.*) <unfinished \.\.\.>")
GOES_ON = re.compile(r"(?P<who>\d+) +<\.\.\. (?P<call>\w+) resumed>(?P<given>.*)\) += (?P<gave>-?\d+)")
HEX = re.compile(r'(?:"|<)((?:\\x[0-9a-f]{2})*)(?:"|>)')


class Unreadable(Exception):
    """The record has a line whose meaning is not known, so nothing may be concluded from it."""


@dataclass(frozen=True)
class Event:
    """One finished call. `began` is how many events had ended when it was begun."""

    call: str
    path: str
    began: int
    content: bytes = b""
    at: int = 0
    new: bool = False
    to: str = ""


def events(record: Iterable[str]) -> Iterator[Event]:
    """Events in the order in which they ended."""
    open_calls: dict[str, tuple[int, str]] = {}
    ended = 0
    for line in record:
        if begun := BEGUN.match(line):
            open_calls[begun["who"]] = (ended, begun["given"])
            continue
        found = LINE.match(line) or GOES_ON.match(line)
        if found is None:
            if "+++" in line or "---" in line:
                continue
            raise Unreadable(line[:200])
        began, before = open_calls.pop(found["who"], (ended, ""))
        if int(found["gave"]) >= 0 and found["call"] in KNOWN:
            yield _event(found["call"], before + found["given"], began)
            ended += 1


def _event(call: str, given: str, began: int) -> Event:
    words = [bytes.fromhex(word.replace("\\x", "")) for word in HEX.findall(given)]
    rest = HEX.sub("", given)
    path = words[0].decode(errors="replace")
    if call == "pwrite64":
        size, at = map(int, rest.split(",")[-2:])
        if len(words[1]) != size:
            raise Unreadable(f"only {len(words[1])} of {size} bytes of {path}")
        return Event(call, path, began, words[1], at)
    if call == "write":
        return Event(call, path, began, words[1])
    if call == "ftruncate":
        return Event(call, path, began, at=int(rest.split(",")[-1]))
    if call == "openat":
        return Event(call, str(Path(path) / words[1].decode(errors="replace")), began, new="O_CREAT" in rest)
    return Event(call, path, began, to=words[1].decode(errors="replace") if call == "rename" else "")

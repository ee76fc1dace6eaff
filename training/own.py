"""Reading our own coaching turns, written for the coder and coded by hand."""

from pathlib import Path

from training.annomi import Conversation, Utterance

FILE = Path(__file__).with_name("own.txt")
PREFIX = "own-"
MAIN = {"open": "question", "closed": "question", "information": "input", "advice": "input", "offer": "input"}
INPUT = {"information": "information", "advice": "advice", "offer": "offer"}


def conversations(path: Path = FILE) -> tuple[Conversation, ...]:
    """All conversations of the file, each its own group."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    blocks = [block for block in "\n".join(lines).split("\n\n") if block.strip()]
    return tuple(
        Conversation(f"{PREFIX}{at}", f"{PREFIX}{at}", tuple(_utterance(line) for line in block.strip().splitlines()))
        for at, block in enumerate(blocks)
    )


def _utterance(line: str) -> Utterance:
    head, text = line.split(": ", 1)
    role, *codes = head.split()
    if role == "client":
        return Utterance("client", text, {"talk": codes[0]})
    labels = {
        "main": MAIN.get(codes[0], codes[0]),
        "question": next((code for code in codes if code in ("open", "closed")), "none"),
        "reflection": "reflection" if "reflection" in codes else "none",
        "input": next((INPUT[code] for code in codes if code in INPUT), "none"),
    }
    return Utterance("coach", text, labels)

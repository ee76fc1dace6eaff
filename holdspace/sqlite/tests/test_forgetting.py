"""What was deleted is gone from the file, not only from the tables."""

from pathlib import Path
from typing import Any

CANARY = b"canary-c04e-"


def hits(path: Path) -> int:
    return sum(file.read_bytes().count(CANARY) for file in path.parent.iterdir())


def test_after_a_checkpoint_no_deleted_word_is_left(own: Any, path: Path) -> None:
    words = [(f"{CANARY.decode()}{number}-" + "x" * (number * 37 % 3000),) for number in range(400)]
    with own.cursor() as cursor:
        cursor.executemany("INSERT INTO words (word) VALUES (%s)", words)
        assert own.checkpoint()
        assert hits(path) >= 400
        cursor.execute("UPDATE words SET word = 'forgotten' WHERE number %% 3 = 0", [])
        cursor.execute("DELETE FROM words WHERE number %% 3 <> 0", [])
    assert hits(path) > 0
    assert own.checkpoint()
    assert hits(path) == 0


def test_a_checkpoint_waits_its_turn(own: Any, elsewhere: Any) -> None:
    with own.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        assert elsewhere(lambda other: other.checkpoint(), wait=0.3) == "still waiting"
        cursor.execute("COMMIT")


def test_a_checkpoint_leaves_the_gate_open(own: Any, elsewhere: Any) -> None:
    assert own.checkpoint()
    assert elsewhere(lambda other: other.checkpoint()) is True

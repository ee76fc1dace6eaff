"""Every pair of ink and ground that stands on a page can be read, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parent.parent / "static" / "shell"
TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")
COLOURS = {
    name: {"day": day, "night": night}
    for name, day, night in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS)
}
GROUNDS = ("paper", "sheet", "green-wash", "amber-wash")
WORDS = [
    *((ink, ground) for ink in ("ink", "soft", "green", "green-deep", "amber", "red") for ground in GROUNDS),
    ("on-green", "green"),
    ("on-green", "green-deep"),
    ("on-red", "red"),
]
MARKS = [
    (mark, ground)
    for mark in ("edge", "amber-mark", "green", "red", "coach", "client")
    for ground in ("paper", "sheet")
]


def lightness(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 for the same colour to 21 for black on white."""
    dark, light = sorted((lightness(one), lightness(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("light", ["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_can_be_read(ink: str, ground: str, light: str):
    assert contrast(COLOURS[ink][light], COLOURS[ground][light]) >= 4.5


@pytest.mark.parametrize("light", ["day", "night"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_and_edges_can_be_seen(mark: str, ground: str, light: str):
    assert contrast(COLOURS[mark][light], COLOURS[ground][light]) >= 3


def test_every_colour_is_held_against_a_ground():
    looked_at = {name for pair in (*WORDS, *MARKS) for name in pair}
    assert set(COLOURS) - looked_at == {"hair"}, "only hairlines may be faint: they carry nothing"


def test_every_token_in_use_exists():
    known = set(re.findall(r"--([\w-]+):", TOKENS))
    for path in STYLES.glob("*.css"):
        assert set(re.findall(r"var\(--([\w-]+)\)", path.read_text(encoding="utf-8"))) <= known, path.name

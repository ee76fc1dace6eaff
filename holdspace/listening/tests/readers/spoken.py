"""Short ways to say what was read."""

from holdspace.listening import Transcript, read


def spoken(text: str | bytes) -> list[tuple[str | None, str]]:
    """Who said what."""
    return [(turn.speaker, turn.text) for turn in heard(text).turns]


def timed(text: str | bytes) -> list[tuple[str | None, str, float | None, float | None]]:
    """Who said what, and when."""
    return [(turn.speaker, turn.text, turn.start, turn.end) for turn in heard(text).turns]


def heard(text: str | bytes) -> Transcript:
    return read(text.encode() if isinstance(text, str) else text)


def vtt(*texts: str, head: str = "WEBVTT") -> str:
    """A WebVTT file with one caption a second."""
    cues = (
        f"00:{at // 60:02}:{at % 60:02}.000 --> 00:{(at + 1) // 60:02}:{(at + 1) % 60:02}.000\n{text}\n"
        for at, text in enumerate(texts)
    )
    return "\n".join([f"{head}\n", *cues])

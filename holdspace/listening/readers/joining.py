"""From captions to turns: one person's consecutive captions become one turn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from holdspace.listening.values import Stamps, Transcript, Turn

from .stamps import spoken


@dataclass(frozen=True, slots=True)
class Cue:
    """Some words as the file gives them. Times in seconds; `speaker` None when nobody is named."""

    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None


LEFT_OUT = "What stands before the first speaker (a title, a date, who was there) was left out."
NO_WORDS = "The file is sound, but there are no words in it."


def transcript(cues: Iterable[Cue], form: str, notes: Sequence[str] = ()) -> Transcript:
    """Turns out of cues: wordless ones are left out, one speaker's consecutive ones are joined."""
    worded = [cue for cue in cues if cue.text]
    turns = _joined(worded)
    told = [*notes, *backwards([cue.start for cue in worded])]
    return Transcript(turns, form, exactness(turns), tuple(told if turns else [*told, NO_WORDS]))


def exactness(turns: Iterable[Turn]) -> Stamps:
    """How exact the times are: `none`, whole `seconds`, or `fine`."""
    times = [time for turn in turns for time in (turn.start, turn.end) if time is not None]
    if not times:
        return "none"
    return "seconds" if all(time == int(time) for time in times) else "fine"


def _joined(cues: Iterable[Cue]) -> tuple[Turn, ...]:
    runs: list[list[Cue]] = []
    for cue in cues:
        if runs and cue.speaker is not None and runs[-1][-1].speaker == cue.speaker:
            runs[-1].append(cue)
        else:
            runs.append([cue])
    return tuple(_turn(index, run) for index, run in enumerate(runs))


def _turn(index: int, run: Sequence[Cue]) -> Turn:
    """The first known start; the last end, which in overlapping captions is not always the last one's."""
    starts = [cue.start for cue in run if cue.start is not None]
    ends = [cue.end for cue in run if cue.end is not None]
    text = " ".join(cue.text for cue in run)
    return Turn(index, run[0].speaker, text, starts[0] if starts else None, max(ends, default=None))


def backwards(starts: Sequence[float | None]) -> list[str]:
    """What there is to say of starts that go back; the times themselves stay as they are."""
    known = [start for start in starts if start is not None]
    back = [later for earlier, later in pairwise(known) if later < earlier]
    if not back:
        return []
    times = "once" if len(back) == 1 else f"{len(back)} times"
    return [f"The times go backwards {times}, first to {spoken(back[0])}; they are kept as they stand in the file."]

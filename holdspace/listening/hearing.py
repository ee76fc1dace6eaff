"""Hearing: a transcript as it stands, in; who is who, what each turn does, measures and suggestions, out."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from .intervals import Errors
from .measures import words_in
from .values import CodedTurn, Heard, Role, Transcript, TranscriptError

if TYPE_CHECKING:
    from .coder import Engine

TONGUE = (
    "Is this in English? It does not look like it. The coder knows English only: in another language its codes, what "
    "is counted from them and what is found mean nothing."
)


def listen(
    transcript: Transcript,
    coach: str | None = None,
    client: str | None = None,
    *,
    engine: "Engine" = "careful",
    on: date | None = None,
) -> Heard:
    """Hear a whole conversation. `engine` is "careful", or "quick" for thousands of turns a second; where the careful
    one is not installed the quick one is taken, and `coder` says which it was. `on` is the day of the conversation
    where the two were; with it "by Friday" becomes a date. `coach` names the coach; without it the coach is guessed
    from names and questions.

    Of the other speakers `client` is the client, or without it the one with most words; the rest are "other" and
    carry no codes. Without named speakers nothing is coded and `asks` holds the question who the coach is.
    Raises TranscriptError when `coach` or `client` is not among the speakers, or both are the same one.
    """
    from .coder import code_turns, coder_for
    from .finding import find
    from .glancing import moments
    from .measures import measure
    from .tongue import is_english

    name, asks = _coach(transcript, coach)
    roles, asked = _roles(transcript, name, client)
    if name is None:
        bare = tuple(CodedTurn(turn, "other") for turn in transcript.turns)
        return Heard(transcript, None, bare, asks=asks + asked)
    if not is_english(turn.text for turn in transcript.turns):
        asked = (*asked, TONGUE)
    coded = code_turns(transcript.turns, roles, engine)
    coder = coder_for(engine)
    found = find(coded, on)
    return Heard(
        transcript=transcript,
        coach=name,
        turns=coded,
        measures=measure(coded, transcript.stamps, _errors(transcript, coder)),
        suggestions=found,
        moments=moments(coded, found),
        coder=coder,
        asks=asks + asked,
    )


def _errors(transcript: Transcript, coder: str) -> dict[str, Errors]:
    """How often this coder errs on text like this: with punctuation, or without as raw speech recognition gives it."""
    from .coder.rates import RATES
    from .coder.words import is_marked
    from .measures.errors import errors_of

    way = "marked" if is_marked([turn.text for turn in transcript.turns]) else "bare"
    return errors_of(RATES[coder.partition("-")[0], way])


def _coach(transcript: Transcript, wanted: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The speaker taken as the coach, and what has to be asked about that."""
    if wanted is not None:
        return _named(transcript, wanted), ()
    if not transcript.speakers:
        return None, ("Who is the coach? The transcript names no speakers.",)
    from .roles import guess_coach

    guess = guess_coach(transcript)
    names = _list(transcript.speakers)
    if guess.speaker is None:
        return None, (f"Who is the coach: {names}?" if len(transcript.speakers) > 1 else _alone(names),)
    return guess.speaker, () if guess.sure else (f"Is {guess.speaker} the coach? {guess.why}",)


def _alone(name: str) -> str:
    return f"Is {name} the coach or the client? Only one speaker is named."


def _named(transcript: Transcript, wanted: str) -> str:
    """The speaker meant by `wanted`, whatever its case, without a badge such as “(Guest)”, or by the first name."""
    for plain in (str.strip, _plain, _first):
        meant = _plain(wanted) if plain is _first else plain(wanted)
        found = [name for name in transcript.speakers if plain(name) == meant]
        if len(found) == 1 and plain(wanted):
            return found[0]
    speakers = _list(transcript.speakers)
    there = f"The speakers are {speakers}." if speakers else "The transcript names no speakers."
    raise TranscriptError(f"Nobody here is called “{wanted}”. {there}")


def _plain(name: str) -> str:
    return " ".join(name.split("(")[0].split()).casefold()


def _first(name: str) -> str:
    return _plain(name).partition(" ")[0]


def _roles(transcript: Transcript, coach: str | None, wanted: str | None) -> tuple[tuple[Role, ...], tuple[str, ...]]:
    """One role for each turn, and the question that more than two speakers raise."""
    others = [name for name in transcript.speakers if name != coach]
    if coach is None or not others:
        only: Role = "coach"
        asks = () if coach is None else (f"Who is the client? Only {coach} is named.",)
        return tuple(only if coach and turn.speaker == coach else "other" for turn in transcript.turns), asks
    client = _client(transcript, coach, others, wanted)
    part: dict[str | None, Role] = {coach: "coach", client: "client"}
    rest = [name for name in others if name != client]
    open_ = rest and wanted is None
    asks = (f"Is {client} the client? {_list(rest)} also spoke and {_are(rest)} left out.",) if open_ else ()
    return tuple(part.get(turn.speaker, "other") for turn in transcript.turns), asks


def _client(transcript: Transcript, coach: str, others: list[str], wanted: str | None) -> str:
    """The speaker taken as the client: the one named, or the one with most words."""
    if wanted is not None:
        named = _named(transcript, wanted)
        if named == coach:
            raise TranscriptError(f"“{coach}” cannot be both the coach and the client.")
        return named
    spoken = Counter[str]()
    for turn in transcript.turns:
        spoken[turn.speaker or ""] += words_in(turn.text)
    return max(others, key=lambda name: spoken[name])


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _list(names: tuple[str, ...] | list[str]) -> str:
    """Names as a person would say them: "Ana, Ben and Cleo"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)

"""Who the coach is: guessed from what speakers are called and from who asks, or left open."""

import re
from dataclasses import dataclass

from .values import Transcript

COACH_NAME = re.compile(
    r"\b(coach|mentor|counsellor|counselor|advis[eo]r|interviewer|therapist|facilitator)\b", re.IGNORECASE
)
CLIENT_NAME = re.compile(r"\b(client|coachee|participant|interviewee|patient|student|guest)\b", re.IGNORECASE)
ASKS = re.compile(
    r"\b(?:what|how|why|when|where|who|which) (?:do|did|are|is|was|were|would|could|can|have|has|will|does|about|else|"
    r"kind|makes|made|brings|many|much|long|often|happened)\b|\b(?:do|did|are|have|can|could|would|will) you\b|"
    r"\b(?:don['’]?t|aren['’]?t) you\b|\btell me\b|\b(?:is|was|does) (?:it|that|there)\b",
    re.IGNORECASE,
)
MARKED = re.compile(r"\?\s*(?:$|[\"”’')])|\?\s", re.MULTILINE)
YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
ME = re.compile(r"\b(?:i|my|me|mine|myself)\b", re.IGNORECASE)
FEW, ENOUGH = 2, 12
"""Fewer signs (questions, words like “you” and “I”) than FEW say nothing; ENOUGH let the guess be sure."""
CLOSE, CLEAR = 0.04, 0.3
"""How far ahead of the next one somebody must be for a guess, and for a sure one. On the 107 open conversations of
AnnoMI under other names this finds the coach in 106, surely in 105; without marks in all, surely in 104; of the sure
guesses none is wrong."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The speaker taken as the coach, or None; `why` is one sentence for a person."""

    speaker: str | None
    why: str
    sure: bool


def guess_coach(transcript: Transcript) -> Guess:
    """Who the coach is, with the reason; None where names and questions don't tell. Raises nothing."""
    speakers = transcript.speakers
    if len(speakers) < 2:
        return Guess(None, "Fewer than two speakers are named.", sure=False)
    return _by_name(speakers) or _by_talk(transcript)


def _by_name(speakers: tuple[str, ...]) -> Guess | None:
    coaches = [name for name in speakers if COACH_NAME.search(name) and not CLIENT_NAME.search(name)]
    if len(coaches) == 1:
        return Guess(coaches[0], f"“{coaches[0]}” says so in the name.", sure=True)
    rest = [name for name in speakers if not CLIENT_NAME.search(name)]
    if len(speakers) == 2 and len(rest) == 1:
        return Guess(rest[0], f"The other one is called “{next(n for n in speakers if n != rest[0])}”.", sure=True)
    return None


@dataclass(frozen=True, slots=True)
class Talk:
    """How one speaker talks: turns, turns that ask, and how often “you” and “I” are said."""

    name: str
    turns: int
    asked: int
    you: int
    me: int

    @property
    def about_you(self) -> float:
        """The share of “you” among “you” and “I”, half where neither is said."""
        return (self.you + 1) / (self.you + self.me + 2)


def _by_talk(transcript: Transcript) -> Guess:
    """A coach asks, and speaks of “you” where a client speaks of “I”."""
    talks = [_talk(transcript, name) for name in transcript.speakers]
    asked = sum(talk.asked for talk in talks)
    signs = asked + sum(talk.you + talk.me for talk in talks)
    if signs < FEW:
        return Guess(None, "Too little is said to tell who the coach is.", sure=False)
    leads = {talk.name: talk.asked / max(1, asked) / 2 + talk.about_you for talk in talks}
    first, second = sorted(talks, key=lambda talk: -leads[talk.name])[:2]
    lead = leads[first.name] - leads[second.name]
    if lead < CLOSE:
        return Guess(None, f"{first.name} and {second.name} ask about as often.", sure=False)
    return Guess(first.name, _say(first, second), sure=lead >= CLEAR and signs >= ENOUGH)


def _talk(transcript: Transcript, name: str) -> Talk:
    said = [turn.text for turn in transcript.turns if turn.speaker == name]
    asks = MARKED if any("?" in turn.text for turn in transcript.turns) else ASKS
    you, me = (sum(len(kind.findall(text)) for text in said) for kind in (YOU, ME))
    return Talk(name, len(said), sum(bool(asks.search(text)) for text in said), you, me)


def _say(first: Talk, second: Talk) -> str:
    turns = (
        f"{first.name} asks in {first.asked} of {first.turns} turns, {second.name} in {second.asked} of {second.turns}"
    )
    spoken = f"says “you” {first.you} times and “I” {first.me} times"
    return f"{turns}; {first.name} {spoken}." if first.you > first.me else f"{turns}."

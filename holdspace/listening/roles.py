"""Who the coach is: guessed from what speakers are called and from who asks, or left open."""

import re
from collections import Counter
from dataclasses import dataclass

from .values import Transcript

COACH_NAME = re.compile(
    r"\b(coach|mentor|counsellor|counselor|advis[eo]r|interviewer|therapist|facilitator)\b", re.IGNORECASE
)
CLIENT_NAME = re.compile(r"\b(client|coachee|participant|interviewee|patient|student|guest)\b", re.IGNORECASE)
ASKS = re.compile(r"\?\s*(?:$|[\"”’')])|\?\s", re.MULTILINE)
BARE = re.compile(
    r"^(?:so |and |okay |well )?(?:what|how|when|where|which|who|why|do you|did you|are you|is it|is there|would you|"
    r"could you|can you|have you|tell me)\b",
    re.IGNORECASE,
)
FEW, ENOUGH = 2, 6
"""Fewer questions than FEW say nothing about who is who; ENOUGH let the guess be sure."""
CLEAR = 2.0
"""The one who asks this many times as often per turn as the next one is surely the coach."""


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
    return _by_name(speakers) or _by_questions(transcript)


def _by_name(speakers: tuple[str, ...]) -> Guess | None:
    coaches = [name for name in speakers if COACH_NAME.search(name) and not CLIENT_NAME.search(name)]
    if len(coaches) == 1:
        return Guess(coaches[0], f"“{coaches[0]}” says so in the name.", sure=True)
    rest = [name for name in speakers if not CLIENT_NAME.search(name)]
    if len(speakers) == 2 and len(rest) == 1:
        return Guess(rest[0], f"The other one is called “{next(n for n in speakers if n != rest[0])}”.", sure=True)
    return None


def _by_questions(transcript: Transcript) -> Guess:
    asked, turns = Counter[str](), Counter[str]()
    for turn in transcript.turns:
        if turn.speaker:
            turns[turn.speaker] += 1
            asked[turn.speaker] += bool(ASKS.search(turn.text) or BARE.match(turn.text))
    if sum(asked.values()) < FEW:
        return Guess(None, "Too few questions are asked to tell who the coach is.", sure=False)
    first, second = sorted(turns, key=lambda name: (-asked[name], -asked[name] / turns[name]))[:2]
    if asked[first] <= asked[second]:
        return Guess(None, f"{first} and {second} ask about as often.", sure=False)
    why = f"{first} asks in {asked[first]} of {turns[first]} turns, {second} in {asked[second]} of {turns[second]}."
    clear = asked[first] >= CLEAR * max(asked[second], 1)
    return Guess(first, why, sure=clear and sum(asked.values()) >= ENOUGH)

"""What a speaker's name looks like, and what only stands before a colon."""

import re
from typing import Literal

LONGEST = 60
"""Characters a label may have before it is taken for words."""

_BADGE = re.compile(
    r"\s*[\[(]\s*(?:(?:ext(?:ernal)?|int(?:ernal)?|guest|host|co-?host|me|you|unverified|verified|owner|organi[sz]er|"
    r"presenter|attendee|moderator|panell?ist|speaking|presenting|external guest|guest user|meeting host)"
    r"|[^\W\d_]{1,6}(?:\s?/\s?[^\W\d_]{1,6}){1,3})\s*[\])]\s*",
    re.IGNORECASE,
)
_SAID_WORDS = (
    "note notes nb n.b. ps p.s. so and but or because warning caution tip tips hint example examples e.g. i.e. eg ie "
    "first second third fourth firstly secondly thirdly finally lastly next then also now well okay ok yes no right "
    "step point option reason goal goals problem solution result results update reminder todo to-do action actions "
    "agenda topic topics summary subject title date time duration length location place attendees participants "
    "present meeting transcript recording file source language kind url http https link re fw fwd from to cc bcc "
    "chapter section part exercise homework monday tuesday wednesday thursday friday saturday sunday today tomorrow "
    "yesterday morning evening remember important conclusion definition fact quote version created start end "
    "started ended total timestamp timestamps speakers thing things here this that these those what which who why how "
    "when where if look listen basically honestly actually anyway however meanwhile plus maybe hence thus therefore "
    "again still sure fine great good wow oh ah um uh hmm hey hello hi thanks sorry please true false bottom truth "
    "rule lesson idea plan decision choice pros cons strengths weaknesses values"
)
_ROLES_WORDS = (
    "coach client coachee mentor mentee speaker interviewer interviewee therapist counselor counsellor patient host "
    "guest participant moderator unknown facilitator trainer trainee manager employee doctor nurse user agent "
    "customer caller advisor adviser supervisor"
)
_PARTICLES_WORDS = "de del della der den di da do dos das du van von zu zum la le les el al bin ibn ben y e of"
_SOUNDS_WORDS = (
    "music laughter laughs laughing laugh applause silence inaudible crosstalk pause pauses sighs sigh coughs noise "
    "unintelligible indistinct chuckles chuckle crying cries sniffs background blank_audio sound beep singing"
)
_SAID, _ROLES, _PARTICLES, _SOUNDS = (
    frozenset(words.split()) for words in (_SAID_WORDS, _ROLES_WORDS, _PARTICLES_WORDS, _SOUNDS_WORDS)
)
_BROKEN = re.compile(r"[?!;…\"“”„«»<>{}=*\\\n\t]|\.\.|,.*,|:|www\.|^[^\[(]*[\])]|[\[(][^\])]*$")
_DATE = re.compile(
    r"\b(?:19|20)[0-9]{2}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}\.? [0-9]"
    r"|[0-9]\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[+(]?[0-9][0-9 ()\-]{5,20}")

Shape = Literal["name", "maybe", "no"]


def bare(name: str) -> str | None:
    """A name without badges such as (Guest), (She/her) or [External]; None where nothing is left."""
    name = " ".join(name[:200].split())
    stripped = _BADGE.sub(" ", name).strip(" :-–—")
    return (stripped or name.strip("[]() ")) or None


def shape(label: str) -> Shape:
    """Whether a label looks like a `name`, might be one when it recurs (`maybe`), or is none (`no`)."""
    label = bare(label) or ""
    words = label.split()
    if not words or len(label) > LONGEST or len(words) > 7 or _BROKEN.search(label) or _DATE.search(label):
        return "no"
    if _DIGITS.fullmatch(label):
        return "maybe"
    first = words[0].lower().strip(".,")
    if not any(char.isalpha() for char in label) or first in _SOUNDS or any(len(w) > 5 and w[-1] == "." for w in words):
        return "no"
    if first in _SAID or words[0].lower() in _SAID:
        # So Young and Sunday are names too, where the file keeps to them.
        return "maybe" if 1 < len(words) < 4 and all(map(_capital, words)) else "no"
    return _told_by_words(words, label)


def _told_by_words(words: list[str], label: str) -> Shape:
    role = re.split(r"[\W\d_]", words[0].lower(), maxsplit=1)[0]
    if role in _ROLES and len(words) <= 3:
        return "name"
    if len(words) <= 5 and _capital(words[0]) and all(_of_a_name(word) for word in words[1:]):
        return "name"
    return "maybe" if len(words) <= 4 and "," not in label else "no"


def _capital(word: str) -> bool:
    """Begins as names do; letters of scripts without capitals count."""
    start = word.lstrip("(['\"‘’")[:1]
    return start.isalpha() and not start.islower()


def _of_a_name(word: str) -> bool:
    return _capital(word) or word.lower() in _PARTICLES or word[0].isdigit() or word in "-–|&/"

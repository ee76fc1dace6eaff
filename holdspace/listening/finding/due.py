"""The words that say when: "by Friday", "before next time", "tomorrow evening"."""

import re

DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!s)"
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
PART = r"(?:morning|afternoon|evening|night|lunchtime|noon)"
SPAN = r"(?:day|week|weekend|fortnight|month|quarter|year|term|semester)s?"
NUMBER = r"(?:a|an|one|two|three|four|five|six|seven|ten|couple\ of|a\ couple\ of|a\ few|few|\d+)"
CLOCK = r"(?:\ at\ (?:\d{1,2}(?::\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)(?:\ ?[ap]\.?m\.?|\ o'clock)?)?"
MEETING = r"(?:session|meeting|call|appointment|time|conversation|chat|one)"
EVENT = rf"(?:{MEETING}|interview|deadline|fair|exam|holidays?|break|review|event|weekend)"

DUE = re.compile(
    rf"""\b(?:
      (?:by|before|until|till|no\ later\ than)\ (?:the\ )?(?:end\ of\ (?:the\ |this\ |next\ )?(?:{SPAN}|{DAY}|{MONTH}))
    | (?:by|before|until|on|for|from|this|next|this\ coming)\ (?:this\ |next\ |the\ )?{DAY}(?:\ {PART})?{CLOCK}
    | {DAY}(?:\ {PART}|\ week|\ next)?{CLOCK}
    | (?:by|before|until|on|for|in)\ (?:the\ )?(?:early\ |mid-?|late\ )?
        (?:\d{{1,2}}(?:st|nd|rd|th)(?:\ of)?(?:\ {MONTH})?|{MONTH}(?:\ (?:the\ )?\d{{1,2}}(?:st|nd|rd|th)?)?)
    | (?:by|before|until|for|first\ thing|later)?\ ?(?:tomorrow|tonight|today)(?:\ {PART})?{CLOCK}
    | (?:before|by|until|in|at|for|after|ahead\ of)\ (?:our\ |my\ |the\ |your\ )?next\ {EVENT}(?:\ we\ (?:meet|talk|speak))?
    | (?:before|by|after|ahead\ of)\ (?:our|my|the|your|this|that)\ (?:\w+\ )?{EVENT}
    | before\ (?:we|i)\ (?:next\ )?(?:meet|talk|speak|see\ you)(?:\ (?:again|next))?
    | (?:by\ |before\ )?next\ (?:time|week|weekend|month|term|{MEETING}|{MONTH})(?:\ we\ (?:meet|talk|speak))?
    | (?:by\ |later\ on\ |later\ |early\ |over\ |at\ )?(?:this|the|that)\ (?:evening|afternoon|morning|weekend|week|month)
    | (?:in|within)\ (?:the\ next\ )?{NUMBER}\ (?:or\ two\ |hours?|minutes?|working\ )?(?:{SPAN}|hours?|minutes?)
    | within\ the\ {SPAN}
    | over\ the\ (?:next\ )?(?:{NUMBER}\ )?{SPAN}
    | (?:right|straight|directly|soon)\ after\ (?:this|we|our|the|lunch|work)(?:\ \w+)?
    | (?:as\ soon\ as|once|when)\ (?:i|we)\ (?:get|got|am|are|have|hang|finish|come)(?:\ \w+){{1,2}}
    | (?:every|each|once\ a|twice\ a)\ (?:single\ |other\ |working\ )?(?:{SPAN}|{PART}|{DAY})
    | (?:{NUMBER}\ times\ |once\ |twice\ )?(?:a|per)\ (?:{SPAN})
    | by\ (?:noon|midday|midnight|then|five|six|\d{{1,2}}(?::\d\d)?(?:\ ?[ap]m)?)(?!\w)
    )""",
    re.VERBOSE,
)


RECURRING = re.compile(r"\b(?:every|each|once|twice|times|a|per)\b(?!\ (?:few|couple))")


def recurs(words: str) -> bool:
    """Whether the words name a rhythm ("twice a week") rather than a day."""
    return RECURRING.match(words) is not None


def due_in(low: str, begin: int, end: int) -> tuple[int, int] | None:
    """Where the words that say when stand in `low` between `begin` and `end`; None where nothing says it.

    The last such words count, for speakers put the when at the end ("call Sam on Monday before the fair" is due before
    the fair only if the two stand together, then both are taken).
    """
    found = list(DUE.finditer(low, begin, end))
    if not found:
        return None
    first = last = found[-1]
    for one in reversed(found[:-1]):
        if low[one.end() : first.start()].strip(" ,") in ("", "or", "and"):
            first = one
    start = first.start() + len(low[first.start() : first.end()]) - len(low[first.start() : first.end()].lstrip())
    return start, last.end()

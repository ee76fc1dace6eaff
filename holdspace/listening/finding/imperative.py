"""A promised deed as one would write it on a list: "I'm ringing Carol on Monday" is “ring Carol”."""

import re

ENDING = re.compile(r"^(\w+?)(?:ing)\b", re.IGNORECASE)
WEAK = re.compile(
    r"^(?:(?:then|also|just|definitely|certainly|actually|really|probably|hopefully|maybe|perhaps|possibly|simply|now|"
    r"at least|try to|try and|be|do is|going to|gonna|to|and|so|please|i'll|i will|first)\b[\s,]*)+",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"[\s,.;:!?–—-]*\b(?:okay|ok|right|then|all right|alright|yeah|yes|i think|i guess|"
    r"i suppose|(?<!let )you know|so|and"
    r"|but|if|or something|and so on|for sure|promise|for the|by the|the|a|an|at|on|by|in|to|with)\s*$",
    re.IGNORECASE,
)
GIVEN = re.compile(r"^(?:you(?:'ll| will)? )?(?:have|get)\b\s*", re.IGNORECASE)
STEMS = {"go": "go", "do": "do", "be": "be", "see": "see", "dy": "die", "ly": "lie", "ty": "tie"}
DOUBLED = re.compile(r"([bdgmnprt])\1$")
SILENT = re.compile(
    r"(?:writ|mak|tak|giv|leav|mov|us|shar|chang|arrang|schedul|prepar|practis|practic|updat|complet|finalis|organis|"
    r"organiz|confirm(?=x)|not(?=x)|tim|typ|revis|propos|invit|clos|choos|decid|provid|reserv|renew(?=x)|driv|com|hav|"
    r"delet|pac|fil|scor|compos|compar|mention(?=x)|not|cop(?=x)|resum|explor|research(?=x)|receiv|sav|remov|rewrit|"
    r"phon|messag|manag|handl|tidi(?=x))$"
)


def imperative(said: str, when: str | None, speaker_owns: bool, names: tuple[str | None, str | None]) -> str:
    """The deed in the imperative, without hesitations, hedges and the words that say when.

    `names` are what speaker and listener are called, where that is known: "send you the list", promised by the
    speaker to Ben, is “send Ben the list”. Where the listener owns the deed ("could you send me your CV") "your" is
    theirs: “send Ana my CV”.
    """
    plain = " ".join(said.replace("’", "'").split())
    if when and plain.lower() != when.lower():
        plain = re.sub(rf",? ?{re.escape(when)}(?=\W|$)", "", plain, count=1, flags=re.IGNORECASE)
    if speaker_owns and GIVEN.match(plain) and plain.lower().startswith(("you", "have my", "get my")):
        plain = "get you " + GIVEN.sub("", plain)
    plain = WEAK.sub("", plain)
    plain = ENDING.sub(_stem, plain, count=1)
    plain = _without_tail(plain)
    speaker, listener = names
    plain = _named(plain, r"you", listener) if speaker_owns else _named(_mine(plain), r"me", speaker)
    return plain[:1].lower() + plain[1:] if plain[:2] != plain[:2].upper() else plain


def _stem(hit: re.Match[str]) -> str:
    stem = hit[1]
    if len(stem) < 2 or not re.search(r"[aeiouy]", stem):
        return hit[0]
    if DOUBLED.search(stem) and stem not in ("add", "egg"):
        return stem[:-1]
    return stem + "e" if SILENT.search(stem) else stem


def _without_tail(plain: str) -> str:
    while (shorter := TAIL.sub("", plain).strip(" ,.;:!?–—-")) != plain:
        plain = shorter
    return plain


def _mine(plain: str) -> str:
    """The listener's own words for what the speaker asked of them."""
    swapped = re.sub(r"\byour\b", "\0", plain)
    return re.sub(r"\bmy\b", "their", swapped).replace("\0", "my")


def _named(plain: str, who: str, name: str | None) -> str:
    """The other person by name, the first time; without a name the words stay as they are."""
    if not name:
        return plain
    first = name.split()[0]
    plain = re.sub(rf"(?<=let )\b{who}\b|\b{who}\b(?!'| two| know)", first, plain, count=1, flags=re.IGNORECASE)
    return re.sub(r"\byour\b", f"{first}'s", plain, count=1, flags=re.IGNORECASE) if who == "you" else plain

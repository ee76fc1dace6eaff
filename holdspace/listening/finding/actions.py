"""The deeds people promise between sessions, and the talk that only sounds like them."""

from .phrases import pattern, words

STRONG, WEAKER, DATED, ANYTHING = 0.9, 0.78, 0.82, 0.7


def deed(low: str, begin: int, end: int, dated: bool) -> float | None:
    """How sure the words from `begin` name a deed somebody could do after the session, in 0..1; None if they do not.

    A `dated` deed may be of a vaguer kind ("do it tonight"), or any verb that does something to something.
    """
    said = low[begin:end]
    if pattern("deeds.inside").match(said):
        return None
    if pattern("deeds.strong").match(said):
        return STRONG
    if pattern("deeds.weaker").match(said):
        return WEAKER
    if not dated:
        return None
    if words("deeds.dated").match(said):
        return DATED
    if words("deeds.never_deeds").match(said):
        return None
    return ANYTHING if pattern("deeds.object", r"\w+ ", r"\b").match(said) else None

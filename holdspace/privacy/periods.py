"""How long things are kept, in days, where nobody agreed on another number."""

TRANSCRIPT = 30
"""A transcript and what was found in it, after it was taken in."""
LETTER = 30
"""The record that a letter was posted, after it left; its words are wiped at once."""
LINK = 30
"""A one-tap link, after it was used, withdrawn or expired."""
SESSION = 14
"""A browser's sign-in, after it was last used."""
REQUEST = 3 * 365
"""That a person asked for a copy or for erasure, and when it was answered."""

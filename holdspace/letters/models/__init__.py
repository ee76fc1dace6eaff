"""The nouns of letters: the letter, what somebody wants of their mail, and an address that mail came back from."""

from .letter import ANY, Letter, Manner, NotByEmail
from .returned import Returned
from .wish import Wish

__all__ = ["ANY", "Letter", "Manner", "NotByEmail", "Returned", "Wish"]

"""Talk for the coder's tests: Ana coaches Ben."""

import re

from holdspace.listening.coder import code_turns
from holdspace.listening.values import CodedTurn, Role, Turn

HOUR: tuple[tuple[Role, str], ...] = (
    ("coach", "Hello Ben, good to see you. What would you like to get out of today?"),
    ("client", "I want to decide whether I stay with the firm or leave."),
    ("coach", "So you're torn between staying and leaving."),
    ("client", "Yes, and I don't sleep well because of it."),
    ("coach", "That's wearing you out."),
    ("client", "It is. I really need to do something about it."),
    ("coach", "How long have you been thinking about it?"),
    ("client", "About a year."),
    ("coach", "Mm-hmm."),
    ("client", "I never got round to it, my boss is fine, it's not that bad."),
    ("coach", "You like your boss, and you want more than this. What would have to be different?"),
    ("client", "I'd want to learn something new."),
    ("coach", "I'd suggest you talk to Mira before you decide. Have you spoken to her already?"),
    ("client", "No, but I will call her tomorrow."),
)


def coded(*said: tuple[Role, str]) -> tuple[CodedTurn, ...]:
    """These turns, coded."""
    turns = [Turn(index, role, text) for index, (role, text) in enumerate(said)]
    return code_turns(turns, [role for role, _ in said])


def coach(text: str) -> CodedTurn:
    """One turn of the coach, in answer to a plain one of the client."""
    return coded(("client", "I have been at the firm for ten years."), ("coach", text))[1]


def bare(text: str) -> str:
    """The text as raw speech recognition gives it."""
    return re.sub(r"[^\w\s']", "", text.lower())

"""The coder: what each turn of a coach or client does, how sure it is, and why."""

from .coding import Engine, code_turns, coder_for

__all__ = ["Engine", "code_turns", "coder_for"]

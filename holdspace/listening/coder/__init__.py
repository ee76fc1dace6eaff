"""The light coder: what each turn of a coach or client does, how sure it is, and why."""

from .coding import CODER, code_turns

__all__ = ["CODER", "code_turns"]

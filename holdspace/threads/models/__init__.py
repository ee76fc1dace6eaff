"""Nouns of the room threads."""

"""Nouns of the room growth."""

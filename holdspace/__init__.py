"""Holdspace: the self-hosted workspace of a career coach and the people they coach."""

__version__ = "0.1.0"

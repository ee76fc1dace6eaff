"""Passwords of the cast are hashed at next to no cost; tests/test_asvs.py holds the cost that people's have."""

from holdspace.people.hashing import Argon2


class QuickArgon2(Argon2):
    """The same algorithm with the least it takes."""

    time_cost = 1
    memory_cost = 8

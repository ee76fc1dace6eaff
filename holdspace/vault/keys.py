"""Whether the house key at hand is the one this database was sealed with, and changing it for a new one."""

from .models.key import Key, WrongHouseKey

__all__ = ["WrongHouseKey", "check_house_key"]


def check_house_key() -> None:
    """Raise WrongHouseKey unless the key fits; an empty house gets its check value."""
    Key.house()

"""The room's entry in the house."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Keys, sealed fields, the trail."""

    name = "holdspace.vault"

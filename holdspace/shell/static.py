"""Static files under names that change with what is in them, each reckoned once."""

from functools import cached_property

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedNames(CompressedManifestStaticFilesStorage):
    """Tells a file's address from what it told before: the list of names is read once, when the house starts."""

    @cached_property
    def _told(self) -> dict[tuple[str, bool], str]:
        return {}

    def url(self, name: str, force: bool = False) -> str:
        """Where the file is served. Raises ValueError for one that was never gathered."""
        if (name, force) not in self._told:
            self._told[name, force] = super().url(name, force)
        return self._told[name, force]

"""What the heads say of a batch of turns: first the quick engine's, then with the transformer's second look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from holdspace.listening.values import Role

from .careful import Reader
from .model import Head, picked
from .scoring import Scored

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .model import Floats


@dataclass(frozen=True, slots=True)
class Judged:
    """One head over a batch: probabilities [turns, codes], the place of the code picked and whether sure [turns]."""

    codes: tuple[str, ...]
    chances: "Floats"
    picks: "NDArray[np.int64]"
    sure: "NDArray[np.bool_]"

    def lines(self) -> Iterator[tuple[int, float, bool]]:
        """Pick, its probability and whether sure, turn by turn."""
        for row, pick, sure in zip(self.chances.tolist(), self.picks.tolist(), self.sure.tolist(), strict=True):
            yield pick, row[pick], sure

    def with_rows(self, rows: "NDArray[np.int64]", other: "Judged") -> "Judged":
        """This, with some rows as another saw them."""
        chances, picks, sure = self.chances.copy(), self.picks.copy(), self.sure.copy()
        chances[rows], picks[rows], sure[rows] = other.chances, other.picks, other.sure
        return replace(self, chances=chances, picks=picks, sure=sure)


def judged(heads: Mapping[str, Head], chances: "Mapping[str, Floats]") -> dict[str, Judged]:
    """By head what its probabilities come to."""
    picks = picked(heads, chances)
    return {
        name: Judged(head.codes, chances[name], picks[name], head.sure_of(chances[name], picks[name]))
        for name, head in heads.items()
    }


@dataclass(frozen=True, slots=True)
class Batch:
    """Turns of one role, as they were scored and what the quick engine says of them by head."""

    role: Role
    some: Scored
    first: dict[str, Judged]

    def doubtful(self, reader: Reader) -> list[int]:
        """The places of the turns that call for a second look."""
        return [self.some.places[row] for row in self._rows(reader).tolist()]

    def _rows(self, reader: Reader) -> "NDArray[np.int64]":
        import numpy as np

        return np.flatnonzero(reader.doubtful(self.role, {name: one.chances for name, one in self.first.items()}))

    def with_second_look(
        self, reader: Reader, marked: bool, read: "Mapping[int, Mapping[str, Floats]]", columns: Mapping[str, slice]
    ) -> dict[str, Judged]:
        """The first judgement, with the doubtful turns as both engines together see them."""
        import numpy as np

        rows = self._rows(reader)
        if not len(rows):
            return self.first
        mixes = {name: reader.mixes[self.role, marked, name] for name in self.first}
        places = [self.some.places[row] for row in rows.tolist()]
        chances = {
            name: mix.head.chances(
                mix.scores(self.some.scores[rows][:, columns[name]], np.stack([read[at][name] for at in places]))
            )
            for name, mix in mixes.items()
        }
        second = judged({name: mix.head for name, mix in mixes.items()}, chances)
        return {name: one.with_rows(rows, second[name]) for name, one in self.first.items()}

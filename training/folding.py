"""Five folds of whole videos: the same ones for every engine, so that they can be compared turn by turn."""

from collections.abc import Sequence

import numpy as np
from sklearn.model_selection import GroupKFold

from training.annomi import Conversation

FOLDS = 5


def folds(some: Sequence[Conversation], count: int = FOLDS) -> tuple[frozenset[str], ...]:
    """The videos of every fold; folds hold about as many turns as each other."""
    videos = np.array([one.video for one in some for _ in one.utterances])
    split = GroupKFold(count).split(videos, groups=videos)
    return tuple(frozenset(videos[check].tolist()) for _, check in split)


def fold_of(some: Sequence[Conversation], count: int = FOLDS) -> dict[str, int]:
    """The fold in which each video is judged."""
    return {video: at for at, videos in enumerate(folds(some, count)) for video in videos}

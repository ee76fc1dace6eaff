"""The coder's errors as the measures use them: how far one new session may stray from the average is counted in."""

from collections.abc import Mapping

from holdspace.listening.intervals import Errors

SPREAD = {
    "question": (0.034, 0.079),
    "reflection": (0.109, 0.072),
    "input": (0.175, 0.076),
    "advice": (0.163, 0.028),
    "open": (0.184, 0.111),
}
"""Standard deviation of sensitivity and specificity from one session to the next, by `training.spread`.

With it the intervals of reflections and input held what people coded in 174 of 182 unseen sessions.
"""


def errors_of(rates: Mapping[str, tuple[float, float, int, int]]) -> dict[str, Errors]:
    """Error rates with the turns each is worth in a new session: se (1 - se) / spread², at most those there were.

    `rates` are (sensitivity, specificity, positives, negatives) by head, as in `coder.rates`.
    """
    found = {}
    for head, (se, sp, positives, negatives) in rates.items():
        if head in SPREAD:
            by_se, by_sp = SPREAD[head]
            found[head] = Errors(se, sp, _worth(se, by_se, positives), _worth(sp, by_sp, negatives))
    return found


def _worth(rate: float, spread: float, turns: int) -> float:
    return min(float(turns), rate * (1 - rate) / spread**2)

"""Runs every measurement and prints one table; `bin/bench NAME...` runs some of them."""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module

from .table import Row, draw

NAMES = ["listening", "pages", "scale", "search", "vault", "writes"]


def main() -> int:
    """Measure, then print; returns the exit code."""
    chosen = sys.argv[1:] or NAMES
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        print(f"bin/bench knows {', '.join(NAMES)}; not {', '.join(unknown)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in chosen:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        measure: Callable[[], Iterable[Row]] = import_module(f"bench.{name}").rows
        rows += measure()
    print(draw(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())

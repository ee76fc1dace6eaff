"""`holdspace listening`: train the coder, measure it, and print what it says of itself."""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from holdspace.listening.coder import careful, model

DONE, REFUSED = 0, 1
ABOUT = """\
Trains and measures the coder. AnnoMI is not part of Holdspace: fetch AnnoMI-full.csv from its own repository and give
its place. Needs pip install -e '.[training]'.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    wanted = _parser().parse_args(arguments)
    try:
        for line in wanted.do(wanted):
            print(line, flush=True)
    except (FileNotFoundError, ValueError) as trouble:
        print(f"holdspace listening: {trouble}", file=sys.stderr)
        return REFUSED
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="holdspace listening", description=ABOUT)
    deeds = parser.add_subparsers(required=True, metavar="COMMAND")

    def deed(name: str, do: object, says: str, annomi: bool = True) -> argparse.ArgumentParser:
        one = deeds.add_parser(name, help=says, description=says)
        one.set_defaults(do=do)
        if annomi:
            one.add_argument("--annomi", type=Path, required=True, help="AnnoMI-full.csv or a part of it")
        return one

    deed("evaluate", evaluate, "the whole table on five folds, both engines, beside what people reach")
    train = deed("train", train_all, "both engines and the model card; under an hour on two cores", annomi=False)
    train.add_argument("--annomi", type=Path, help="AnnoMI-full.csv or a part of it; not needed with --own")
    train.add_argument("--quick", action="store_true", help="only the quick engine, in a minute or two")
    train.add_argument("--hands", type=int, default=2, help="how many processes fine-tune at once (2)")
    train.add_argument(
        "--as-read", action="store_true", help="leave the transformers as they are and learn all else, in a few minutes"
    )
    train.add_argument(
        "--only",
        nargs=1,
        choices=("coach", "client"),
        help="fine-tune only the one that reads their turns",
    )
    train.add_argument(
        "--shelf", type=Path, metavar="FOLDER", help="keep each fine-tuned transformer there and take it up again"
    )
    train.add_argument("--own", type=Path, metavar="FILE", help="your own corrected turns, one JSON object a line")
    train.add_argument(
        "--use", type=Path, metavar="OUT", help="with --own: write the quick engine that learned from them"
    )
    deed("held", held, "the coder as it ships, on conversations it never learned from")
    deed("acts", acts, "how acts within turns agree with people")
    deed("spread", spread, "how the engines' errors differ from session to session")
    deed("through", through, "the quick engine as it runs, on text as it may come")
    deed("found", found, "how good the finder is on our own sessions", annomi=False)
    deed("kappa", kappa, "how far two codings of our own sessions agree", annomi=False)
    deed("blind", blind, "the sheet for a second coder", annomi=False)
    deed("codes", codes, "docs/codes.md, printed from the codebook", annomi=False)
    return parser


def evaluate(wanted: argparse.Namespace) -> Iterator[str]:
    """Judge and print."""
    from training import reading
    from training.evaluate import judgement, report, unseen
    from training.reading import read_and_weighed

    some, quick = unseen(wanted.annomi)
    try:
        read = read_and_weighed(some)
    except (FileNotFoundError, reading.NotTheSame) as trouble:
        read = None
        yield f"The careful engine is left out: {trouble}."
    yield from report(judgement(quick, read))


def train_all(wanted: argparse.Namespace) -> Iterator[str]:
    """Learn, measure, write artefacts, rates and card."""
    if wanted.own:
        from training import corrected

        yield from corrected.report(wanted.own, wanted.use)
        return
    if not wanted.annomi:
        raise ValueError("say where AnnoMI is (--annomi), or give your own corrected turns (--own)")
    from training import card, evaluate, fit, meanings, rates, reading, sessions

    started = time.monotonic()
    some, quick = evaluate.unseen(wanted.annomi)
    ours = sessions.conversations()
    made = [fit.quick_artefact([*some, *ours], quick, model.FILE)]
    if not wanted.quick:
        roles = wanted.only or tuple(reading.NAMES)
        graphs, begun = (
            reading.shipped()
            if wanted.as_read
            else reading.fine_tuned(some, ours, quick, roles, wanted.hands, wanted.shelf)
        )
        read, lean = meanings.leanings(some, ours, reading.kept(some), begun.pieces, begun.words)
        made.append(fit.careful_artefact(graphs, begun.vocabulary, lean, quick, read, careful.FILE))
        found = evaluate.judgement(quick, read)
        made += [rates.write(found), card.write(found, some)]
        yield from evaluate.report(found)
    yield from (f"{path}: {path.stat().st_size / 1e6:.2f} MB" for path in made)
    yield f"{time.monotonic() - started:.0f} s"


def held(wanted: argparse.Namespace) -> Iterator[str]:
    """What ships, on conversations held back."""
    from training import held

    yield from held.report(wanted.annomi)


def acts(wanted: argparse.Namespace) -> Iterator[str]:
    """How acts agree with people."""
    from training import acts

    yield from acts.report(list(acts.unseen(wanted.annomi)))


def spread(wanted: argparse.Namespace) -> Iterator[str]:
    """How errors differ between sessions, by the engine that ships."""
    from training import reading, spread
    from training.evaluate import judgement, unseen

    some, quick = unseen(wanted.annomi)
    yield from spread.report(judgement(quick, reading.read_and_weighed(some)).best[True])


def through(wanted: argparse.Namespace) -> Iterator[str]:
    """The quick engine as it runs."""
    from training import through

    yield from through.report(wanted.annomi)


def found(_: argparse.Namespace) -> Iterator[str]:
    """How good the finder is."""
    from training import found

    yield from found.report()


def kappa(_: argparse.Namespace) -> Iterator[str]:
    """Agreement of the two codings."""
    from training import blind

    yield from blind.compared()


def blind(_: argparse.Namespace) -> Iterator[str]:
    """The sheet."""
    from training import blind
    from training.sessions import sessions

    yield blind.sheet(sessions())


def codes(_: argparse.Namespace) -> Iterator[str]:
    """The page."""
    from training import codebook

    yield codebook.page().rstrip("\n")

"""Prints docs/data.md from the holdings."""

from .holdings import Holding, holdings

HEAD = """\
# What a house holds

Printed by `holdspace holdings > docs/data.md` from `privacy/holdings.py`; a test fails when a table is missing here,
or a field is unaccounted for. *Handed over* names the fields in a person's own archive ([export.md](export.md)); those
in italics go to the coach of the row alone.

**Backups.** A backup holds what the house held when it was taken. Erasing destroys the engagement's key in the house,
and writes the bare id into the ledger of erasures; restoring a backup replays that ledger before the house opens, so
that what was erased stays erased. Until it is deleted, an old backup file still holds old words, encrypted: keep
backups no longer than you would keep the words.

"""


def data_page() -> str:
    """The whole of docs/data.md."""
    rows = ["| Table | Whose | Why | How long | Erasing |", "|---|---|---|---|---|"]
    rows += [_row(holding) for holding in holdings()]
    parts = [_part(holding) for holding in holdings()]
    return HEAD + "\n".join(rows) + "\n\n## Field by field\n\n" + "\n".join(parts) + "\n"


def _row(one: Holding) -> str:
    erased = f"{one.fate}. {one.erased}" if one.erased else f"{one.fate}"
    names = ", ".join(f"`{name}`" for name in one.tables)
    return f"| {one.title}: {names} | {one.whose} | {one.why} | {one.kept} | {erased} |"


def _part(one: Holding) -> str:
    handed = [one.given.replace(" ", ", ")] if one.given else []
    handed += [f"{one.as_file} as a file"] if one.as_file else []
    handed += [f"*{one.coach.replace(' ', ', ')}*"] if one.coach else []
    handed += [f"to the client and the coach alone {one.two.replace(' ', ', ')}"] if one.two else []
    left = f"not handed over: {one.left.replace(' ', ', ')} ({one.why_left})" if one.left else "all of it"
    said = f"handed over: {', '.join(handed)}; {left}" if handed else left
    return f"- **{one.title}** (`{one.label}`): {said}"

"""Reading our own JSON back: the inverse of `Heard.to_dict`."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from .values import Act, Code, CodedTurn, Glance, Heard, Measure, Suggestion, Transcript, Turn


def heard_from(kept: Mapping[str, Any]) -> Heard:
    """The Heard whose `to_dict()` gave `kept`; raises KeyError for JSON of another shape."""
    turns = tuple(_coded(turn) for turn in kept["turns"])
    spoken = Transcript(tuple(coded.turn for coded in turns), kept["format"], kept["stamps"], tuple(kept["notes"]))
    return Heard(
        transcript=spoken,
        coach=kept["coach"],
        turns=turns,
        measures=tuple(Measure(**(measure | {"turns": tuple(measure["turns"])})) for measure in kept["measures"]),
        suggestions=tuple(_suggestion(found) for found in kept["suggestions"]),
        moments=tuple(Glance(one["kind"], one["text"], tuple(one["turns"])) for one in kept.get("moments", ())),
        coder=kept["coder"],
        asks=tuple(kept["asks"]),
    )


def _suggestion(kept: Mapping[str, Any]) -> Suggestion:
    """A suggestion of this or of an earlier minor version of the contract."""
    day = kept.get("due_on")
    held = dict(kept) | {"span": tuple(kept["span"]), "due_on": date.fromisoformat(day) if day else None}
    return Suggestion(**held)


def _coded(kept: Mapping[str, Any]) -> CodedTurn:
    return CodedTurn(
        turn=Turn(kept["index"], kept["speaker"], kept["text"], kept["start"], kept["end"]),
        role=kept["role"],
        codes=MappingProxyType({head: Code(**code) for head, code in kept["codes"].items()}),
        acts=tuple(Act(**act) for act in kept["acts"]),
        why=MappingProxyType(dict(kept["why"])),
    )

"""The worker is killed again and again while it listens: each transcript is heard once in the end, and whole."""

import json
import random
import time
from typing import Any

import pytest

from tests.faults.conftest import furnished, stage  # noqa: F401  a house with Ana, Ben and a session
from tests.faults.places import RUN_OUT, Stage, kill

from .amount import amount

KILLS, EACH = 100, 20
"""And so many transcripts for each kill, that there is always one to be heard."""
EARLIEST, LATEST = 0.7, 2.0
"""Seconds after which a worker is killed, by chance: before it has begun, and in the middle of some."""
FULL = """
from holdspace.conversations.intake import take_in
from holdspace.conversations.models import Session
from tests.cast import TALK, both_agree, meeting
first = Session.objects.access_system("in a test").with_people().get()
for number in range({sessions}):
    session = meeting(first.engagement, title=f"Number {{number}}")
    both_agree(session)
    take_in(session, TALK.encode(), by=first.engagement.coach)
"""
WORK = "import django; django.setup(); from holdspace.worker import work; work()"
AGAIN = f"""{RUN_OUT}
Transcript.objects.access_system("in a test").filter(done_at=None).update(tries=0)
"""
KEPT = """
import json
from collections import Counter
from holdspace.conversations.models import Mark, Transcript
from holdspace.vault.models import Trace
every = Transcript.objects.access_system("in a test")
marks = Mark.objects.access_system("in a test").values_list("transcript_id", "turn", "span_start", "span_end", "kind")
traces = Trace.objects.access_system("in a test").filter(verb="listened to a transcript")
heard = traces.values_list("noun_id", flat=True)
print(json.dumps({
    "done": every.exclude(done_at=None).count(), "heard": sorted(Counter(map(str, heard)).values()),
    "marks": sorted(Counter(str(mark[0]) for mark in marks).values()), "twice": len(marks) - len(set(marks))}))
"""


def kill_workers(stage: Stage, kills: int) -> int:  # noqa: F811
    """Start a worker and kill it, so often; how often it was still at work."""
    chance, met = random.Random("a worker"), 0
    for _ in range(kills):
        process = stage.script(WORK)
        time.sleep(chance.uniform(EARLIEST, LATEST))
        met += process.poll() is None
        kill(process)
        stage.do(AGAIN)
    return met


@pytest.mark.prove
def test_each_is_heard_once(stage: Stage, record_property: Any) -> None:  # noqa: F811
    kills = amount(KILLS, 4)
    sessions = kills * EACH
    stage.do(FULL.format(sessions=sessions))
    met = kill_workers(stage, kills)
    before = json.loads(stage.do(KEPT))["done"]
    stage.work()
    kept = json.loads(stage.do(KEPT))
    assert met == kills, "a worker that ended by itself was not killed"
    assert before < sessions, "there was always one to be heard"
    assert kept["done"] == sessions
    assert kept["heard"] == [1] * sessions, "each was heard, and none twice"
    assert kept["twice"] == 0
    assert len(kept["marks"]) == sessions
    assert len(set(kept["marks"])) == 1, "of the same words the same was found, nothing of it half"
    record_property(
        "measured", f"{kills} kills, {before} of {sessions} transcripts heard between them: 0 lost, 0 twice"
    )

"""What a page costs: processor time and queries in the sample practice, beside a view that does nothing."""

import gzip
import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from .table import Row, cpu

if TYPE_CHECKING:
    from holdspace.people.models import User

TIMES = 40


def rows() -> Iterator[Row]:
    """The pages a coach meets every day."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "holdspace.settings"
    import django

    django.setup()
    from django.db import connections
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    coach, addresses = lived_in()
    setup_test_environment(debug=False)
    with override_settings(ROOT_URLCONF="bench.addresses"):
        browser = Client()
        browser.force_login(coach)
        nothing = cpu(lambda: browser.get("/nothing/"), TIMES)
        yield Row("an empty view", f"{nothing * 1000:.2f} ms", note="with all the house's middleware")
        for name, address in addresses.items():
            answer = browser.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{name} answered {answer.status_code}")
            spent = cpu(lambda address=address: browser.get(address), TIMES)  # type: ignore[misc]
            with ExitStack() as stack:
                seen = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
                browser.get(address)
            queries = sum(len(one) for one in seen)
            size, packed = len(answer.content) / 1024, len(gzip.compress(answer.content)) / 1024
            note = f"{queries} queries, {size:.0f} KB of HTML, {packed:.1f} KB packed"
            yield Row(
                name,
                f"{spent * 1000:.2f} ms",
                f"empty {nothing * 1000:.2f} ms",
                f"{spent / nothing:.0f}x the time",
                note,
            )


def lived_in() -> tuple["User", dict[str, str]]:
    """A house with the sample practice, all of it heard: its coach, and the pages to open."""
    from django.urls import reverse

    from holdspace.conversations.models import Transcript
    from holdspace.sample.load import load
    from holdspace.serve import prepare
    from holdspace.worker import work

    prepare()
    load()
    work(once=True)
    heard = Transcript.objects.access_system("the longest sample session, to measure its page").select_related(
        "session__engagement__coach", "session__engagement__key__parent"
    )
    longest = max(heard, key=lambda transcript: len(transcript.words["turns"]))
    session = longest.session
    engagement = session.engagement
    turns = len(longest.words["turns"])
    return engagement.coach, {
        "today": reverse("today"),
        "clients": reverse("clients"),
        "a client": reverse("client", args=[engagement.pk]),
        f"a session of {turns} turns": reverse("session", args=[session.pk]),
    }

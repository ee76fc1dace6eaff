"""160 wrong passwords at once, at a real server with several threads: at most five are even looked at."""

import http.client
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .places import COUNTED_WEB, COUNTING, CSRF, Stage

pytestmark = pytest.mark.slow

GUESSES = 160
MOST = 5


def guess(port: int, email: str, password: str) -> int:
    """One try at the door."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    body = urllib.parse.urlencode({"login": email, "password": password, "csrfmiddlewaretoken": CSRF})
    head = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf={CSRF}"}
    line.request("POST", "/door/login/", body, head)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


@pytest.mark.parametrize("crowd", [["ana@example.org"], ["ana@example.org", "nobody@example.org"]], ids=["one", "two"])
def test_at_most_five_of_160_are_checked(stage: Stage, tmp_path: Path, crowd: list[str]) -> None:
    (tmp_path / "counting.py").write_text(COUNTING)
    count = tmp_path / "count"
    count.touch()
    stage.web(COUNTED_WEB, COUNT_IN=str(count), COUNT_FROM=str(tmp_path))
    with ThreadPoolExecutor(32) as hands:
        tries = [(crowd[at % len(crowd)], f"wrong password {at}") for at in range(GUESSES)]
        statuses = list(hands.map(lambda one: guess(stage.house.port, *one), tries))
    assert 500 not in statuses
    assert set(statuses) <= {200, 429}, "nobody came in"
    assert 1 <= count.stat().st_size <= MOST * len(crowd)

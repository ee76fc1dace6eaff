"""What is written down when something breaks: where, and nobody's words."""

import ast
import io
import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from holdspace import crash
from holdspace.vault.seal import Pending, Sealed

from . import plan

CANARY = "canary-9d2f"
TOKEN = "q8Zr1kPw0sX7canary-9d2fvB3nM6tY4uL2eA5cD9fG"


class Trouble(Exception):
    pass


def breaks(request: HttpRequest, token: str = "") -> HttpResponse:
    note = f"{CANARY} in a local"
    sealed, waiting = Sealed(CANARY.encode()), Pending(f"{CANARY} opened")
    try:
        int(f"{CANARY} behind")
    except ValueError as fault:
        raise Trouble(f"{CANARY} in a message, {note}, {sealed}, {waiting}") from fault
    return HttpResponse()


def missing(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404(CANARY)


urlpatterns = [path("breaks/<token>/", breaks), path("breaks/", breaks), path("k/<token>/", missing)]
handler500 = "holdspace.crash.kind_500"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that reaches standard error by logging, as a house sets it up."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    crash.set_logging()
    yield written
    root.handlers[:], root.level, sys.excepthook, threading.excepthook = before
    logging.captureWarnings(False)


@pytest.fixture
def browser(settings: Any, db: None) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def send(browser: Client, where: str = "/breaks/") -> Any:
    browser.cookies["note"] = CANARY
    headers = {"User-Agent": CANARY, "Referer": f"http://testserver/{CANARY}"}
    return browser.post(f"{where}?q={CANARY}", {"text": CANARY}, headers=headers)


def test_a_crash_tells_where_and_no_words(browser: Client, log: io.StringIO) -> None:
    answer = send(browser)
    told = log.getvalue()
    assert answer.status_code == 500
    assert CANARY not in told
    assert CANARY not in answer.content.decode()
    assert CANARY not in str(answer.headers)
    assert mail.outbox == []
    assert "Trouble" in told
    assert "ValueError" in told
    assert f"{__file__}:" in told
    assert " breaks\n" in told


def test_page_and_log_share_a_reference(browser: Client, log: io.StringIO) -> None:
    answer = send(browser)
    (reference,) = [word.partition("=")[2] for word in log.getvalue().split() if word.startswith("reference=")]
    assert reference in answer.content.decode()
    send(browser)
    assert len({word for word in log.getvalue().split() if word.startswith("reference=")}) == 2


def test_the_page_is_not_kept_by_anyone(browser: Client, log: io.StringIO) -> None:
    assert "no-store" in send(browser)["Cache-Control"]


@pytest.mark.parametrize("where", [f"/breaks/{TOKEN}/", f"/k/{TOKEN}/", f"/nowhere/{TOKEN}/", f"/{CANARY}"])
def test_a_token_in_an_address_is_not_written_down(browser: Client, log: io.StringIO, where: str) -> None:
    assert send(browser, where).status_code in (404, 500)
    assert TOKEN not in log.getvalue()
    assert CANARY not in log.getvalue()
    assert "POST /" in log.getvalue()


def test_with_debug_on_the_page_still_holds_no_values(browser: Client, log: io.StringIO, settings: Any) -> None:
    settings.DEBUG = True
    page = send(browser).content.decode()
    for value in (f"{CANARY} in a local</pre>", f"{CANARY} opened", settings.SECRET_KEY, "HTTP_REFERER"):
        assert value not in page
    assert "No POST data" in page


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (f"/k/{TOKEN}/", "/k/…/"),
        ("/sessions/01a2099f-921f-76c8-b803-dd774e7f325d/marks/", "/sessions/…/marks/"),
        ("/Ben-Miller/", "/…/"),
        ("/a%20b/", "/…/"),
        ("/", "/"),
        ("/door/login/", "/door/login/"),
    ],
)
def test_paths_keep_only_plain_parts(path: str, written: str) -> None:
    assert crash.scrub(path) == written


def test_values_in_messages_are_left_out(log: io.StringIO) -> None:
    logger = logging.getLogger("holdspace.somewhere")
    logger.warning("could not send to %s: %s", CANARY, Trouble(CANARY))
    logger.error(Trouble(CANARY))
    logger.error({"text": CANARY})
    logger.info("two\nlines")
    try:
        raise Trouble(CANARY)
    except Trouble:
        logger.exception("broke at %s", CANARY)
    told = log.getvalue()
    assert CANARY not in told
    assert "could not send to %s: %s" in told
    assert "INFO holdspace.somewhere two lines" in told
    assert told.count("Trouble") == 2


def test_of_others_messages_only_the_place_is_kept(log: io.StringIO) -> None:
    logging.getLogger("somebody.else").warning(f"could not read {CANARY}")
    logging.getLogger("holdspaceship").warning(f"could not read {CANARY}")
    warnings.warn(f"odd: {CANARY}", stacklevel=1)
    told = log.getvalue()
    assert CANARY not in told
    assert f"WARNING somebody.else {__file__}:" in told


HOUSE = [path for path in plan.ending(".py") if path.parts[0] == "holdspace" and not plan.is_test(path)]


LOGGER = re.compile(r"(?:\w*logger|logging\.getLogger\(.*\))\.(?:debug|info|warning|error|exception|critical|log)")


def loose(source: str) -> list[str]:
    """Logging calls whose message is made up on the spot."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    logged = [node for node in calls if LOGGER.fullmatch(ast.unparse(node.func))]
    return [ast.unparse(node) for node in logged if not isinstance(node.args[0], ast.Constant)]


def test_our_own_messages_are_plain_words() -> None:
    assert {path: calls for path in HOUSE if (calls := loose(plan.read(path)))} == {}


@pytest.mark.parametrize("line", ["logger.info(f'x {y}')", "logger.error('x' + y)", "logging.getLogger('a').info(y)"])
def test_a_message_made_up_on_the_spot_is_seen(line: str) -> None:
    assert loose(line)


def test_faults_nobody_caught_keep_their_words_too(log: io.StringIO) -> None:
    def stop() -> None:
        raise Trouble(CANARY)

    thread = threading.Thread(target=stop)
    threading.excepthook = crash._unhandled_in_thread  # the runner puts its own in place
    thread.start()
    thread.join()
    try:
        stop()
    except Trouble:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(CANARY), None)
    told = log.getvalue()
    assert CANARY not in told
    assert told.count("CRITICAL holdspace") == 2


def test_a_ring_of_faults_ends() -> None:
    one, other = Trouble("one"), Trouble("other")
    one.__cause__, other.__cause__ = other, one
    assert len(list(crash.places(one))) == 2


def test_a_group_and_what_is_behind_it_are_named() -> None:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError:
            raise Trouble(CANARY) from None
    except Trouble as fault:
        told = "\n".join(crash.places(fault))
    assert "KeyError" not in told
    assert CANARY not in told

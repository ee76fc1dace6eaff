"""docs/asvs.md tells the truth: every point once, every test it names is there; and what had no test elsewhere."""

import ast
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.contrib.sessions.models import Session as Browser
from django.core.exceptions import ValidationError
from django.forms import BaseModelForm, ModelMultipleChoiceField, MultipleChoiceField
from django.test import Client
from django.utils import timezone

from holdspace import settings as house
from holdspace.engagements.models import Engagement
from holdspace.people.hashing import Argon2
from holdspace.people.models import Link, User
from tests.walk.addresses import addresses
from tests.walk.bodies import house_forms

from . import plan
from .cast import PASSWORD, browser

LISTED = [
    "1.2.1",
    "1.2.2",
    "1.2.3",
    "1.2.4",
    "1.2.5",
    "1.2.10",
    "1.3.1",
    "1.3.4",
    "1.3.6",
    "1.3.7",
    "1.3.11",
    "1.5.1",
    "2.2.1",
    "2.3.1",
    "2.3.3",
    "2.4.1",
    "3.2.1",
    "3.3.1",
    "3.3.2",
    "3.3.3",
    "3.3.4",
    "3.4.1",
    "3.4.3",
    "3.4.4",
    "3.4.5",
    "3.4.6",
    "3.4.8",
    "3.5.1",
    "3.5.3",
    "3.5.8",
    "3.7.2",
    "4.1.3",
    "5.1.1",
    "5.2.1",
    "5.2.2",
    "5.2.3",
    "5.3.2",
    "5.4.1",
    "6.2.1",
    "6.2.2",
    "6.2.3",
    "6.2.4",
    "6.2.5",
    "6.2.6",
    "6.2.7",
    "6.2.8",
    "6.2.9",
    "6.2.10",
    "6.2.11",
    "6.2.12",
    "6.3.1",
    "6.3.2",
    "6.3.3",
    "6.3.8",
    "6.4.3",
    "6.5.1",
    "6.5.2",
    "6.5.3",
    "6.5.4",
    "6.5.5",
    "6.8.1",
    "7.2.4",
    "7.3.1",
    "7.3.2",
    "7.4.1",
    "7.4.2",
    "7.4.3",
    "7.4.5",
    "7.5.1",
    "7.5.2",
    "7.5.3",
    "8.1.1",
    "8.2.1",
    "8.2.2",
    "8.2.3",
    "8.3.2",
    "8.4.1",
    "11.1.1",
    "11.2.2",
    "11.3",
    "11.4.2",
    "11.5.1",
    "12",
    "13.2.2",
    "13.3.1",
    "13.4.2",
    "14.1.1",
    "14.2.1",
    "14.2.2",
    "14.2.7",
    "14.2.8",
    "14.3.1",
    "14.3.2",
    "14.3.3",
    "15.1.2",
    "15.3.3",
    "15.3.5",
    "16.2",
    "16.3",
    "16.4.1",
    "16.4.2",
    "16.4.3",
    "16.5",
]
HOUSE = [path for path in plan.ending(".py") if path.parts[0] == "holdspace" and not plan.is_test(path)]
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in plan.read(Path("docs/asvs.md")).splitlines()]
POINTS = [row for row in ROWS if len(row) == 4 and re.match(r"\d", row[0])]


def test_every_point_stands_there_once() -> None:
    assert [row[0] for row in POINTS] == LISTED
    assert all(asks and met and shown for _, asks, met, shown in POINTS)


@pytest.mark.parametrize("row", POINTS, ids=lambda row: row[0])
def test_every_test_it_names_is_there(row: list[str]) -> None:
    for named in row[3].split(", ") if row[3] != "–" else ():
        path, _, function = named.partition("::")
        there = {node.name for node in ast.walk(plan.tree(Path(path))) if isinstance(node, ast.FunctionDef)}
        assert function in there, named


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(plan.tree(path)) if isinstance(node, ast.Call)]


def test_no_shell_is_started() -> None:
    for path in HOUSE:
        for call in calls(path):
            assert ast.unparse(call.func) not in {"os.system", "os.popen", "eval", "exec"}, path
            assert "shell" not in [word.arg for word in call.keywords], path


GLUED = {"extra", "RawSQL", "raw"}
ASKS = re.compile(r"(?:cursor|database|connection|there|copy)\.(?:execute|executemany|executescript)")


def test_no_question_to_the_database_is_glued_together() -> None:
    glued = {}
    for path in HOUSE:
        for call in calls(path):
            name = ast.unparse(call.func)
            assert name.rpartition(".")[2] not in GLUED, f"{path}: {name}"
            first = call.args[0] if call.args else None
            if ASKS.fullmatch(name) and isinstance(first, ast.JoinedStr | ast.BinOp):
                glued[f"{path}"] = {
                    ast.unparse(one.value) for one in ast.walk(first) if isinstance(one, ast.FormattedValue)
                }
    assert not {path: parts for path, parts in glued.items() if not all(map(harmless, parts))}


def harmless(part: str) -> bool:
    """A name that the house itself gave: quoted as one, or of a table or column."""
    return (
        "quote_name" in part
        or part.isupper()
        or bool(re.fullmatch(r"(?:cls\.|self\.|name|table|\w*columns?)\w*", part))
    )


def test_no_table_file_is_written() -> None:
    assert not [path for path in HOUSE if "csv.writer" in plan.read(path) or "text/csv" in plan.read(path)]


FETCHERS = {"requests", "httpx", "urllib3", "aiohttp", "urllib.request", "http.client", "ftplib"}


def test_only_the_sign_in_service_is_ever_fetched_from() -> None:
    found = set()
    for path in HOUSE:
        for node in ast.walk(plan.tree(path)):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {str(path) for name in names if name in FETCHERS}
    assert found <= {"holdspace/people/provider.py"}


def told(**around: str) -> dict[str, str]:
    """What the settings of another house say."""
    names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE")
    names += ("CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SAMESITE", "DEBUG")
    names += ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS")
    code = f"from django.conf import settings as s; [print(n, getattr(s, n)) for n in {names}]"
    keep = {name: word for name, word in os.environ.items() if not name.startswith("HOLDSPACE_")}
    home = {"HOLDSPACE_HOME": str(settings.HOME / "other"), "DJANGO_SETTINGS_MODULE": "holdspace.settings"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=plan.ROOT, env=keep | home | around, capture_output=True, text=True, check=True)
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


def test_cookies_of_a_house_with_tls() -> None:
    said = told(HOLDSPACE_ADDRESS="https://house.example")
    for kind in ("SESSION", "CSRF"):
        assert said[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert said[f"{kind}_COOKIE_SECURE"] == said[f"{kind}_COOKIE_HTTPONLY"] == "True"
        assert said[f"{kind}_COOKIE_SAMESITE"] == "Lax"
    assert said["SECURE_SSL_REDIRECT"] == said["SECURE_HSTS_INCLUDE_SUBDOMAINS"] == "True"
    assert int(said["SECURE_HSTS_SECONDS"]) >= 31_536_000


def test_debugging_is_off() -> None:
    assert told()["DEBUG"] == "False"


def test_a_post_without_its_token_does_nothing(ben: User) -> None:
    there = Client(enforce_csrf_checks=True, raise_request_exception=False)
    there.force_login(ben)
    assert there.post("/me/", {"name": "Mallory", "timezone": "UTC"}).status_code == 403
    ben.refresh_from_db()
    assert ben.name == "Ben"


@pytest.mark.parametrize(
    "word", ["twelve words", "x" * 64 + "y", "ein Haus am 水 🏠", "only small letters", "a " * 500]
)
def test_what_may_be_a_password(word: str) -> None:
    validate_password(word)
    common = next(one for one in sorted(CommonPasswordValidator().passwords) if len(one) >= 12)
    for weak in ("eleven char", common):
        with pytest.raises(ValidationError):
            validate_password(weak)


def test_a_password_is_taken_exactly_as_typed(db: None) -> None:
    for word in ("  blanks around it  ", "Großes Haus am See", "x" * 4_000):
        kept = make_password(word)
        assert check_password(word, kept)
        assert not any(check_password(other, kept) for other in (word.strip() + ".", word.upper(), word[:-1]))


def test_passwords_are_hashed_slowly() -> None:
    assert house.PASSWORD_HASHERS == ["holdspace.people.hashing.Argon2"]
    assert Argon2().encode(PASSWORD, "a salt of its own").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_password_fields_hide_and_let_paste(ben: User) -> None:
    for there, address in ((browser(), "/door/login/"), (browser(ben), "/door/password/change/")):
        page = there.get(address, follow=True).content.decode()
        fields = [tag for tag in re.findall(r"<input[^>]*>", page) if re.search(r'name="(?:old)?password\d?"', tag)]
        assert fields, address
        assert all('type="password"' in tag and "autocomplete=" in tag for tag in fields), fields
        assert "onpaste" not in page
    assert not [path for path in plan.ending(".js") if path.name != "htmx.js" and '"paste"' in plan.read(path)]


def test_a_new_password_needs_the_old_one(ben: User) -> None:
    there, new = browser(), "another quiet room with a door"
    there.post("/door/login/", {"login": ben.email, "password": PASSWORD})
    there.post(
        "/door/password/change/", {"oldpassword": "not the one", "password1": new, "password2": new}, follow=True
    )
    ben.refresh_from_db()
    assert ben.check_password(PASSWORD)


def test_signing_out_ends_it_on_the_server(ben: User) -> None:
    there = browser(ben)
    key = there.session.session_key
    there.post("/door/logout/")
    assert not Browser.objects.filter(pk=key).exists()


def test_a_session_ends_after_fourteen_days(ben: User) -> None:
    assert not settings.SESSION_SAVE_EVERY_REQUEST
    there = browser(ben)
    row = Browser.objects.get(pk=there.session.session_key)
    assert row.expire_date <= timezone.now() + timedelta(days=14)
    Browser.objects.filter(pk=row.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert "/door/login/" in there.get("/me/").headers["Location"]


def test_links_cannot_be_guessed(db: None) -> None:
    made = [Link.make(Link.Purpose.BEGIN) for _ in range(20)]
    assert len(set(made)) == 20
    assert all(len(token) >= 43 for token in made), "256 bits in base64"


def test_addresses_hold_ids_and_tokens_alone() -> None:
    kinds = {kind for address in addresses() for kind in address.blanks}
    assert kinds == {"ids", "tokens", "numbers", "door keys"}
    pages = [path for path in plan.ending(".html") if "templates" in path.parts]
    asking = {path.name for path in pages if re.search(r'method="get"', plan.read(path), re.IGNORECASE)}
    assert not asking, "a form that asks by GET puts words into an address"


def test_script_stores_nothing_in_the_browser() -> None:
    scripts = [path for path in plan.ending(".js") if path.name != "htmx.js" and "static" in path.parts]
    assert scripts
    for path in scripts:
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.", plan.read(path)), path


def test_forms_name_their_fields() -> None:
    for form in house_forms():
        if issubclass(form, BaseModelForm):
            assert form._meta.fields not in (None, "__all__"), form


def test_a_field_nobody_asked_for_changes_nothing(together: Engagement, ben: User, cleo: User) -> None:
    more = {
        "email": "mallory@example.org",
        "password": "x",
        "is_active": "",
        "id": str(cleo.pk),
        "closed_at": "2020-01-01",
    }
    browser(ben).post("/me/", {"name": "Benjamin", "timezone": "UTC"} | more)
    was = (ben.email, ben.password, ben.pk)
    ben.refresh_from_db()
    assert (ben.name, ben.closed_at, (ben.email, ben.password, ben.pk)) == ("Benjamin", None, was)


@pytest.mark.parametrize("address", ["/me/", "/me/?page=1&page=2", "/door/login/?next=/me/&next=/"])
def test_a_value_sent_twice_is_refused(ben: User, address: str) -> None:
    twice: Any = {"name": ["Mallory", "Trudy"], "timezone": "UTC"} if "?" not in address else {"name": "Mallory"}
    answer = browser(ben).post(address, twice)
    assert answer.status_code == 400
    assert "could not read what was sent" in answer.content.decode()
    ben.refresh_from_db()
    assert ben.name == "Ben"


def test_what_may_come_more_than_once_is_named() -> None:
    several = {
        name
        for form in house_forms()
        for name, kind in form.base_fields.items()
        if isinstance(kind, MultipleChoiceField | ModelMultipleChoiceField)
    }
    assert several == settings.SEVERAL_VALUES

"""The offline list of known holes: it can be read and fits the parts; no part that is locked is older than a fix."""

import re
from datetime import datetime

import pytest

from holdspace import command, parts
from tests.plan import ROOT


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def test_every_line_is_of_a_part_that_is_locked_and_names_a_published_hole() -> None:
    known, listed = locked("run"), list(parts.advisories())
    assert len(listed) >= 30
    for one in listed:
        assert one.part in known, one
        assert re.fullmatch(r"CVE-\d{4}-\d{4,6}|GHSA(-[0-9a-z]{4}){3}|PYSEC-\d{4}-\d+", one.name), one
        assert re.fullmatch(r"\d+(\.\d+)+", one.fixed_in), one
        assert one.what, one
    assert datetime.strptime(parts.last_read(), "%d %B %Y")


@pytest.mark.parametrize("name", ["run", "test", "bench"])
def test_no_part_that_is_locked_has_a_known_hole(name: str) -> None:
    assert parts.holes(locked(name)) == []


def test_an_older_part_is_told() -> None:
    said = parts.holes({"django": "5.2.16", "weasyprint": "70.0", "urllib3": "2.7"})
    assert [line.split(" has")[0] for line in said] == ["django 5.2.16"] * 4
    assert "It is mended in 5.2.17." in said[0]


def test_the_command_lists_what_is_installed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command.ROOF["audit"]([]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^  django 5\.2\.\d+$", said, re.MULTILINE)
    assert f"last read {parts.last_read()}" in said
    monkeypatch.setattr(parts, "installed", lambda: {"django": "5.2.1"})
    assert command.ROOF["audit"]([]) == 1
    assert "! django 5.2.1 has a known hole" in capsys.readouterr().out

"""What every page loads: small, whole, and ours or named."""

import gettext
import gzip
import json
import re
import struct
from pathlib import Path

from django.contrib.staticfiles import finders

STATIC = Path(__file__).resolve().parent.parent / "static" / "shell"
LOCALE = Path(__file__).resolve().parent.parent / "locale"
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def weight(kind: str) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in STATIC.glob(f"*.{kind}"))


def test_a_page_stays_light():
    assert weight("css") <= 15_000
    assert weight("js") <= 30_000


def test_every_file_a_page_names_is_there():
    named = {
        name for page in TEMPLATES.rglob("*.html") for name in re.findall(r"{% static '([^']+)' %}", page.read_text())
    }
    assert named
    assert [name for name in named if finders.find(name) is None] == []


def test_what_is_not_ours_says_what_it_is():
    first = (STATIC / "htmx.js").read_text(encoding="utf-8").split("\n", 1)[0]
    assert re.search(r"htmx\.org \d+\.\d+\.\d+, 0BSD", first)


def test_styles_load_nothing_from_elsewhere():
    for path in STATIC.glob("*.css"):
        assert not re.search(r"@import|url\(", path.read_text(encoding="utf-8")), path.name


def test_it_can_be_installed_on_a_phone():
    manifest = json.loads((STATIC / "house.webmanifest").read_text(encoding="utf-8"))
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        picture = (STATIC / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            assert "x".join(map(str, struct.unpack(">II", picture[16:24]))) == icon["sizes"]


def test_our_sentences_are_compiled():
    for source in LOCALE.rglob("*.po"):
        told = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source.read_text(encoding="utf-8"), re.MULTILINE))
        with source.with_suffix(".mo").open("rb") as compiled:
            spoken = gettext.GNUTranslations(compiled)
        assert told
        assert {sentence: spoken.gettext(sentence) for sentence in told} == told

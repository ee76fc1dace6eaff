"""Every part of the look on one page, for looking at: `python -m holdspace.shell.tests.gallery OUT.html`."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django
from django import forms
from django.conf import settings

STATIC = Path(__file__).resolve().parent.parent / "static"


@dataclass(frozen=True)
class Shown:
    """A measure as the pictures need it."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str = "share"
    reason: str | None = None


MEASURES = [
    Shown("Open questions", 0.41, 0.28, 0.55, 29),
    Shown("Reflections for each question", 1.04, 0.6, 1.66, 60, "ratio"),
    Shown("Words in a coach's turn", 23.4, 18.2, 29.9, 84, "words"),
    Shown("Acknowledged after reluctance", None, None, None, 6, reason="6 moments; a share needs 10"),
]
TALK = [
    (
        "coach",
        "Ana",
        4,
        "Good. So, an hour together. What would make it a useful one for you today?",
        ["open question"],
    ),
    (
        "client",
        "Ben",
        12,
        "I keep the list of firms in my coat. I take it out on the bus and then I put it back. "
        "I don't know what I'm waiting for, to be honest with you.",
        [],
    ),
    ("coach", "Ana", 31, "You carry it everywhere and it never gets to be opened.", ["perhaps a reflection"]),
    ("client", "Ben", 38, "That's it. That's exactly it.", []),
    (
        "coach",
        "Ana",
        44,
        "Would it help if I told you how others have gone about the first call, or is it something else? "
        "I'll send you the name of the woman at the training board by Friday.",
        ["closed question", "information"],
    ),
]


def stretches() -> "list[object]":
    """An hour of an invented conversation, always the same."""
    from holdspace.shell.pictures import Stretch

    at, made = 0.0, []
    for turn in range(150):
        role = "coach" if turn % 2 == 0 else "client"
        length = 4 + (turn * 37 % 23) * (0.8 if role == "coach" else 1.6)
        made.append(Stretch(role, at, at + length, f"#turn-{turn}"))
        at += length + turn % 4
    return made


def example_form(*, sent: bool) -> forms.Form:
    """A form with one field of each kind, as first seen or as it comes back."""

    class Example(forms.Form):
        email = forms.EmailField(label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
        name = forms.CharField(label="What people call you", required=False)
        note = forms.CharField(
            label="What would make tomorrow useful?", widget=forms.Textarea, help_text="A line is enough."
        )
        how = forms.ChoiceField(
            label="How shall we meet?",
            choices=[("room", "In the room"), ("call", "On a call")],
            widget=forms.RadioSelect,
        )
        zone = forms.ChoiceField(label="Your time zone", choices=[("d", "Europe/Dublin"), ("l", "Europe/London")])
        agreed = forms.BooleanField(label="I have read how privacy works here", help_text="Five lines, no small print.")
        file = forms.FileField(label="The transcript", help_text="VTT, SRT, DOCX, JSON or text, up to 20 MB.")

    if not sent:
        return Example(prefix="first")
    return Example({"again-email": "ben@", "again-note": "The list in my coat.", "again-zone": "d"}, prefix="again")


def page() -> str:
    """The whole page."""
    from django.template import Context, engines
    from django.test import RequestFactory

    from holdspace.shell import pictures

    shown = {
        "request": RequestFactory().get("/today/"),
        "practice": "Quill & Harbour Coaching",
        "doors": [("Today", "/today/"), ("Clients", "/clients/")],
        "measures": MEASURES,
        "talk": [
            {"role": role, "who": who, "at": at, "text": text, "codes": codes} for role, who, at, text, codes in TALK
        ],
        "spoken": pictures.strip(
            stretches(), names={"coach": "Ana", "client": "Ben"}, caption="Who spoke when, along the session."
        ),
        "dots": pictures.dots(
            MEASURES, caption="Four measures of this session, each with the range it likely lies in."
        ),
        "first": example_form(sent=False),
        "again": example_form(sent=True),
        "moment": datetime(2026, 11, 24, 14, 30, tzinfo=UTC),
    }
    source = (Path(__file__).parent / "gallery.html").read_text(encoding="utf-8")
    return engines["django"].from_string(source).template.render(Context(shown))


def ready() -> None:
    """Enough of a house to draw a page in, without a database."""
    settings.configure(
        ROOT_URLCONF="holdspace.shell.urls",
        INSTALLED_APPS=["django.contrib.staticfiles", "holdspace.shell"],
        STATIC_URL="/static/",
        FORM_RENDERER="holdspace.shell.fields.HouseForms",
        LANGUAGE_CODE="en-gb",
        USE_TZ=True,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"builtins": ["holdspace.shell.templatetags.shell"]},
            }
        ],
    )
    django.setup()


if __name__ == "__main__":
    ready()
    Path(sys.argv[1]).write_text(page().replace("/static/", f"{STATIC.as_uri()}/"), encoding="utf-8")

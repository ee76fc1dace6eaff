"""Tags and filters every template of the house may use without loading anything; described in docs/look.md."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from holdspace.shell import figures, pictures

register = template.Library()
LOOKS = ("light", "dark")
NOBODY = UUID(int=0)


@register.simple_tag
def who_reads(who: str) -> SafeString:
    """The privacy line: who can read this, in the same form on every item."""
    return format_html('<p class="who-reads"><span>{}</span> {}</p>', _who_can_read(get_language()), who)


@lru_cache(maxsize=64)
def _who_can_read(_language: str | None) -> str:
    return _("Who can read this:")


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """A place with nothing in it yet: what will be here, and the first step between the tags."""
    return format_html('<div class="empty"><h2>{}</h2>{}</div>', title, content)


@register.simple_tag
def field(bound: BoundField, legend: str = "") -> SafeString:
    """A form field: label, hint, error and control; `legend` takes the place of its label."""
    return SafeString(render_to_string("shell/field.html", {"field": bound, "legend": legend}))


@register.simple_tag
def errors(form: BaseForm) -> SafeString:
    """What to look at in a form that came back, with a link to each field; nothing while there is nothing."""
    shown = {"form": form, "errors": form.non_field_errors(), "fields": [(bound, bound.errors) for bound in form]}
    return SafeString(render_to_string("shell/errors.html", shown))


@register.simple_tag
def picture(drawn: pictures.Picture) -> SafeString:
    """A picture with its caption and the same facts as a table."""
    return SafeString(render_to_string("shell/_picture.html", {"picture": drawn}))


@register.simple_tag
def interval(value: float | None, low: float | None, high: float | None, unit: str = "share") -> SafeString:
    """One figure as a dot with its whisker; nothing while the figure may not be shown."""
    return pictures.interval(value, low, high, unit)


@register.simple_tag
def likely(low: float | None, high: float | None, unit: str = "share") -> str:
    """An interval in words: likely between 28% and 55%; nothing when there is none."""
    return "" if low is None or high is None else _("likely between %s") % figures.between(low, high, unit)


@register.inclusion_tag("shell/_progress.html")
def progress(done: int | None, total: int | None, words: str) -> dict[str, Any]:
    """A bar with words; `total` is None while nobody knows how much there is."""
    return {"done": done, "total": total, "words": words}


@register.inclusion_tag("shell/_pages.html", takes_context=True)
def pages(context: RequestContext, page: Page[Any]) -> dict[str, Any]:
    """Earlier and later pages, keeping what else stands in the address."""
    request = context.get("request")
    asked = request.GET.copy() if request else None
    if asked is not None:
        asked.pop("page", None)
    return {"page": page, "asked": asked.urlencode() if asked else ""}


@register.simple_tag(takes_context=True)
def look(context: RequestContext) -> str:
    """Light or dark if this person chose one on this device, else nothing: the device decides."""
    request = context.get("request")
    chosen = request.COOKIES.get("look", "") if request else ""
    return chosen if chosen in LOOKS else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """Tuesday 24 November, in the person's own zone; the year too when it is another one."""
    if value is None:
        return "–"
    own = _own(value) if isinstance(value, datetime) else value
    return _day(date(own.year, own.month, own.day), own.year == timezone.localdate().year, get_language())


def _own(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


@lru_cache(maxsize=1024)
def _day(own: date, this_year: bool, _language: str | None) -> str:
    # A page of many lines names the same few days again and again; a day is nobody's secret.
    return date_format(own, "l j F" if this_year else "l j F Y")


@register.filter
def when(value: datetime | None) -> str:
    """Tuesday 24 November, 14:30, your time."""
    if value is None:
        return "–"
    own = _own(value)
    minute = own.replace(second=0, microsecond=0, tzinfo=None)
    return _minute(minute, own.year == timezone.localdate().year, get_language())


@lru_cache(maxsize=1024)
def _minute(own: datetime, this_year: bool, language: str | None) -> str:
    day = _day(own.date(), this_year, language)
    return _("%(day)s, %(time)s, your time") % {"day": day, "time": f"{own:%H:%M}"}


@register.simple_tag
def about(name: str, pk: UUID) -> str:
    """The address of a page about one noun; its shape is asked for once, for pages that name many of a kind."""
    return _shape(name).replace(str(NOBODY), str(pk))


@lru_cache(maxsize=256)
def _shape(name: str) -> str:
    return reverse(name, args=[NOBODY])


register.filter("clock", figures.clock)
register.filter("share", figures.share)
register.filter("figure", figures.figure)

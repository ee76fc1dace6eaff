"""Browsers somebody is signed in with: which they are, and signing them out."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now

from .models import User

NAMES = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "a Mac",
    "CrOS": "a Chromebook",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Browser:
    """One browser that is signed in."""

    pk: int
    words: str
    since: datetime
    here: bool


def signed_in(request: HttpRequest, person: User) -> list[Browser]:
    """Every browser this person is signed in with, this one first; two queries however many there are."""
    known = {one.session_key: one for one in UserSession.objects.filter(user=person)}
    live = Session.objects.filter(session_key__in=known, expire_date__gt=now())
    print_now = person.get_session_auth_hash()
    still = [one.session_key for one in live if _opens(one, print_now)]
    here = request.session.session_key
    found = [
        Browser(known[key].pk, in_words(known[key].user_agent), known[key].created_at, key == here) for key in still
    ]
    return sorted(found, key=lambda browser: (not browser.here, -browser.since.timestamp()))


def sign_out(person: User, pk: int) -> bool:
    """Sign one browser of this person out; whether there was one."""
    one = UserSession.objects.filter(user=person, pk=pk).first()
    if one is not None:
        one.end()
    return one is not None


def keep_this_browser(request: HttpRequest, person: User) -> None:
    """After the locks were changed: the browser at hand goes on, under a fresh session."""
    UserSession.objects.filter(user=person).delete()
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    UserSession.objects.create_from_request(request)


def in_words(agent: str) -> str:
    """A browser as a person would call it."""
    name = next((word for sign, word in NAMES.items() if sign in agent), "A browser")
    system = next((word for sign, word in SYSTEMS.items() if sign in agent), "")
    return f"{name} on {system}" if system else name


def _opens(session: Session, print_now: str) -> bool:
    return constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), print_now)

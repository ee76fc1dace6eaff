"""A request by somebody who is signed in, for the signatures of views behind `login_required`."""

from django.http import HttpRequest

from .models import User


class Visit(HttpRequest):
    """A request whose `user` is a person."""

    user: User

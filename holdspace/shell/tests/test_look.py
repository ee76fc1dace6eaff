"""Choosing light, dark, or as the device says."""

import pytest
from django.test import RequestFactory

from holdspace.shell.views import choose_look


def choose(**posted: str):
    return choose_look(RequestFactory().post("/look/", posted))


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_choice_is_kept_on_this_device(look: str):
    answer = choose(look=look, back="/clients/?page=2")
    assert answer.cookies["look"].value == look
    assert answer.cookies["look"]["httponly"]
    assert (answer.status_code, answer["Location"]) == (302, "/clients/?page=2")


@pytest.mark.parametrize("look", ["", "neon", "dark; path=/"])
def test_anything_else_leaves_it_to_the_device(look: str):
    assert choose(look=look, back="/").cookies["look"]["max-age"] == 0


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(back: str):
    assert choose(look="dark", back=back)["Location"] == "/"


def test_looking_changes_nothing():
    assert choose_look(RequestFactory().get("/look/")).status_code == 405

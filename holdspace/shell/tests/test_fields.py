"""Fields: everything a control needs said is joined to it, and a form that comes back says what to look at."""

import re

import pytest
from django import forms
from django.template import engines

from .gallery import example_form


def drawn(form: forms.Form, source: str = "{{ form }}") -> str:
    return engines["django"].from_string(source).render({"form": form})


@pytest.fixture
def back() -> str:
    return drawn(example_form(sent=True))


def test_every_control_has_a_label_that_exists():
    page = drawn(example_form(sent=False))
    ids = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', page))
    labelled = set(re.findall(r'<label for="([^"]+)"', page))
    assert ids == labelled


def test_hints_and_errors_are_joined_to_their_control(back: str):
    named = {name for names in re.findall(r'aria-describedby="([^"]+)"', back) for name in names.split()}
    assert named
    assert named <= set(re.findall(r' id="([^"]+)"', back))
    assert re.search(r'id="id_again-email"[^>]*', back)
    assert 'aria-describedby="id_again-email_error"' in back


def test_a_form_sent_back_keeps_what_was_typed(back: str):
    assert 'value="ben@"' in back
    assert "The list in my coat.</textarea>" in back


def test_it_says_first_what_to_look_at_and_leads_there(back: str):
    summary = back[: back.index('class="field')]
    assert 'role="alert"' in summary
    leads = re.findall(r'<a href="#([^"]+)">', summary)
    assert leads == ["id_again-email", "id_again-how", "id_again-agreed", "id_again-file"]
    assert all(f' id="{lead}"' in back for lead in leads)


def test_errors_are_in_kind_words(back: str):
    assert "That does not look like an e-mail address." in back
    assert "Please fill this in." in back
    assert "required." not in back


def test_the_errors_tag_alone_gives_the_same_summary(back: str):
    alone = drawn(example_form(sent=True), "{% errors form %}")
    assert re.findall(r'<a href="#([^"]+)">', alone) == re.findall(r'<a href="#([^"]+)">', back)
    assert drawn(example_form(sent=False), "{% errors form %}").strip() == ""


def test_what_may_be_left_out_says_so():
    page = drawn(example_form(sent=False))
    assert page.count("if you like") == 1
    assert 'What people call you <span class="quiet">if you like</span>' in page


def test_several_choices_stand_in_one_group():
    page = drawn(example_form(sent=False))
    assert page.count("<fieldset") == 1
    assert "<legend>How shall we meet?</legend>" in page


def test_a_file_can_be_dropped_and_chosen_without_script():
    page = drawn(example_form(sent=False), "{% field form.file %}")
    assert '<div class="drop" data-drop><input type="file"' in page
    assert "data-invite hidden" in page


def test_a_field_may_be_asked_in_other_words():
    page = drawn(example_form(sent=False), '{% field form.name "What shall we call you?" %}')
    assert "What shall we call you?" in page
    assert "What people call you" not in page


class Strange(forms.Form):
    name = forms.CharField(label="<b>Name</b>", help_text="<i>Any</i>")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Not <b>so</b>.")


def test_nothing_from_outside_is_taken_as_html():
    page = drawn(Strange({"name": "<script>", "secret": "x"}))
    assert "<b>" not in page
    assert "<i>" not in page
    assert "<script>" not in page
    assert "Not &lt;b&gt;so&lt;/b&gt;." in page
    assert '<input type="hidden" name="secret" value="x"' in page

"""Drafts: kept while one writes, offered back, for nobody else; and the files that wait with them."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from holdspace.engagements.models import Engagement
from holdspace.letters.models import Returned
from holdspace.people.models import User
from holdspace.threads.files import LARGEST, BadFile, kind_of, look_at, tidy_name
from holdspace.threads.models import Attachment, Draft, DraftTooLong, Message
from holdspace.threads.send import send, take_back
from holdspace.vault.models import new_id
from tests.cast import browser

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def office(**names: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in names.items():
            zipped.writestr(name, content)
    return made.getvalue()


DOCX = office(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


def keep(together: Engagement, by: User, words: str = "", *, script: bool = False, path: str = "draft", **more: Any):
    form = {"once": str(more.pop("once", new_id())), "words": words, **more}
    head = {"HX-Request": "true"} if script else {}
    return browser(by).post(f"/clients/{together.pk}/messages/{path}/", form, headers=head)


def file(name: str = "plan.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page(together: Engagement, reader: User) -> str:
    return browser(reader).get(f"/clients/{together.pk}/messages/").content.decode()


def test_kept_by_the_page_and_by_the_button_and_for_nobody_else(together: Engagement, ana: User, ben: User) -> None:
    assert "Kept for you alone" in keep(together, ana, "Half a", script=True).content.decode()
    assert keep(together, ana, "Half a thought").status_code == 302
    assert Draft.objects.visible_to(ana).count() == 1
    assert "Half a thought</textarea>" in page(together, ana)
    assert "Half a thought" not in page(together, ben)
    assert not Draft.objects.visible_to(ben)


def test_sending_ends_it_and_a_late_save_does_not_bring_it_back(together: Engagement, ana: User) -> None:
    once = new_id()
    keep(together, ana, "Half", once=once)
    keep(together, ana, "Half and whole", path="send", once=once)
    assert Draft.of(together, ana) is None
    assert "It was sent." in keep(together, ana, "Half and", script=True, once=once).content.decode()
    assert Draft.of(together, ana) is None


@pytest.mark.parametrize("deed", ["take_message_back", "settle_message", "seen", "mail_again", "remove_attachment"])
def test_what_is_begun_is_kept_with_every_other_button(together: Engagement, ana: User, ben: User, deed: str) -> None:
    mine, theirs = send(together, "Mine", by=ana, once=new_id()), send(together, "Theirs", by=ben, once=new_id())
    keep(together, ana, "Half", enclosed=[file()])
    pk = {"take_message_back": mine.pk, "settle_message": theirs.pk}.get(deed, together.pk)
    if deed == "remove_attachment":
        pk = Attachment.objects.visible_to(ana).get().pk
    if deed == "mail_again":
        Returned.note(ben, "5.1.1")
    shown = page(together, ana)
    assert f'formaction="{reverse(deed, args=[pk])}"' in shown
    assert shown.count('id="write-message"') == 1
    begun = {"once": str(new_id()), "words": "Half a thought", "enclosed": file("late.png")}
    assert browser(ana).post(reverse(deed, args=[pk]), begun).status_code == 302
    assert Draft.of(together, ana).words == "Half a thought"
    left = ["late.png"] if deed == "remove_attachment" else ["plan.png", "late.png"]
    assert [one.name for one in Attachment.objects.visible_to(ana).listed()] == left
    too_much = browser(ana).post(reverse(deed, args=[pk]), begun | {"words": "w" * 200_001, "enclosed": ""})
    assert too_much.status_code in (422, 404)
    assert Draft.of(together, ana).words == "Half a thought"


def test_where_nothing_is_written_any_more_the_buttons_still_work(together: Engagement, ana: User, ben: User) -> None:
    theirs = send(together, "Theirs", by=ben, once=new_id())
    together.end(ana.today, by=ana)
    shown = page(together, ana)
    assert shown.count('id="write-message"') == 1
    browser(ana).post(reverse("settle_message", args=[theirs.pk]))
    theirs.refresh_from_db()
    assert theirs.settled_at


def test_let_go_and_cleared(together: Engagement, ana: User) -> None:
    keep(together, ana, "Never mind")
    keep(together, ana, "", script=True)
    assert Draft.of(together, ana).words == ""
    browser(ana).post(f"/clients/{together.pk}/messages/draft/drop/")
    assert Draft.of(together, ana) is None


def test_offering_words_puts_them_under_what_was_begun(together: Engagement, ana: User) -> None:
    Draft.keep(together, "Dear Ben", by=ana)
    Draft.offer(together, "Three steps since March.", by=ana)
    draft = Draft.offer(together, "Three steps since March.", by=ana)
    assert draft.words == "Dear Ben\n\nThree steps since March."


def test_too_much_for_a_draft_is_said(together: Engagement, ana: User) -> None:
    with pytest.raises(DraftTooLong):
        Draft.keep(together, "w" * 200_001, by=ana)
    answer = keep(together, ana, "w" * 200_001, script=True)
    assert "Too much to be kept" in answer.content.decode()


def test_files_go_with_it_and_come_back_as_files(together: Engagement, ana: User, ben: User, cleo: User) -> None:
    keep(together, ana, path="send", enclosed=[file(), file("Lebenslauf\u202exslx.exe", DOCX)])
    found = list(Attachment.objects.visible_to(ben).listed())
    assert [one.name for one in found] == ["plan.png", "Lebenslaufxslx.exe.docx"]
    assert "plan.png" in page(together, ben)
    there = browser(ben).get(f"/attachments/{found[0].pk}/")
    assert there.content == PNG
    assert there.headers["Content-Disposition"] == 'attachment; filename="plan.png"'
    assert "sandbox" in there.headers["Content-Security-Policy"]
    assert there.headers["X-Content-Type-Options"] == "nosniff"
    assert browser(cleo).get(f"/attachments/{found[0].pk}/").status_code == 404
    assert browser(ben).post(f"/attachments/{found[0].pk}/remove/").status_code == 404


def test_a_bad_file_loses_neither_words_nor_the_good_ones(together: Engagement, ana: User, ben: User) -> None:
    answer = keep(together, ana, "With the plan.", path="send", enclosed=[file(), file("run.exe", b"MZ\0\0")])
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "“run.exe” is none of what can be sent here" in shown
    assert "With the plan.</textarea>" in shown
    (waiting,) = Attachment.objects.visible_to(ana).listed()
    assert (waiting.name, waiting.message) == ("plan.png", None)
    assert browser(ben).get(f"/attachments/{waiting.pk}/").status_code == 404
    assert keep(together, ana, "With the plan.", path="send").status_code == 302
    assert Attachment.objects.visible_to(ben).get().message.words == "With the plan."


def test_no_more_than_five_files_and_those_that_fit_are_kept(together: Engagement, ana: User) -> None:
    keep(together, ana, "Three", enclosed=[file(f"{number}.png") for number in range(3)])
    answer = keep(together, ana, "Three", path="send", enclosed=[file(f"{number}.png") for number in range(3, 7)])
    assert answer.status_code == 422
    assert "No more than 5 files" in answer.content.decode()
    names = [one.name for one in Attachment.objects.visible_to(ana).listed()]
    assert names == ["0.png", "1.png", "2.png", "3.png", "4.png"]
    assert keep(together, ana, "w", enclosed=[file(f"{number}.png") for number in range(6)]).status_code == 422
    first = Attachment.objects.visible_to(ana).listed().first()
    browser(ana).post(f"/attachments/{first.pk}/remove/")
    assert Attachment.objects.visible_to(ana).count() == 4


def test_more_than_can_be_taken_at_once_is_said_and_the_words_are_kept(
    together: Engagement, ana: User, settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    answer = keep(together, ana, "With the plan.", path="send", enclosed=[file("plan.png", PNG + b"0" * 2_000)])
    assert answer.status_code == 422
    assert "too large, so none was taken" in answer.content.decode()
    assert not Message.objects.visible_to(ana)
    assert Draft.of(together, ana).words == "With the plan."


def test_files_of_what_is_taken_back_are_gone(together: Engagement, ana: User, ben: User) -> None:
    keep(together, ana, "Here.", path="send", enclosed=[file()])
    take_back(Message.objects.visible_to(ana).get(), by=ana)
    assert not Attachment.objects.access_system("in a test").exists()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (DOCX, "docx"),
        (office(**{"[Content_Types].xml": "", "xl/workbook.xml": ""}), "xlsx"),
        (office(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": ""}), "odt"),
        ("Ünïcode, and lines\n".encode(), "txt"),
        (b"MZ\x90\0", None),
        (b"\0\0", None),
        (b"\xff\xfe\xfd", None),
        (office(**{"a.txt": "x"}), None),
        (office(**{"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": "x"}), None),
        (office(**{"[Content_Types].xml": "", "word/document.xml": b"0" * 5_000_000}), None),
        (office(**{"[Content_Types].xml": "", "word/document.xml": "", **{f"{n}": "" for n in range(200)}}), None),
        pytest.param(DOCX[:60], None, id="half a document"),
    ],
)
def test_what_a_file_is_is_told_by_its_content(content: bytes, kind: str | None) -> None:
    assert kind_of(content) == kind


def test_refusals_name_the_file() -> None:
    for name, content, words in (("a.png", PNG + b"\0" * LARGEST, "larger than 5 MB"), ("b.png", b"", "is empty")):
        with pytest.raises(BadFile, match=f"“{name}” .*{words}|“{name}” {words}"):
            look_at(name, content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ben\\plan.pdf", "plan.pdf"),
        ('a"b\r\n.pdf', "a b.pdf"),
        ("", "file"),
        (".pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 110 + ".pdf"),
        ("عربى.pdf", "عربى.pdf"),
        ("📎.pdf", "📎.pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert tidy_name(name) == kept

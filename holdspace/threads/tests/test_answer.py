"""Answers by mail through a real port: from their writer alone, the new words alone, once, and no loop."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as post_box
from django.utils import timezone

from holdspace import receive
from holdspace.engagements.end_seat import end_seat
from holdspace.engagements.models import Engagement
from holdspace.letters.post import Post
from holdspace.people.models import Seat, User
from holdspace.threads import answer
from holdspace.threads.models import Attachment, Draft, Message, ReplyAddress
from holdspace.threads.send import send
from holdspace.threads.tests.mails import DOMAIN, hand_over, mail, taking_in
from holdspace.vault.models import new_id
from tests.cast import browser

pytestmark = pytest.mark.django_db(transaction=True)
FORGED = "mx.house.example; dmarc=fail (p=none) header.from=example.org"


@pytest.fixture
def address(settings: Any, together: Engagement, ana: User) -> str:
    """Where Ben's answers go, as a letter to him says it."""
    settings.REPLY_DOMAIN = DOMAIN
    send(together, "Tuesday?", by=ana, once=new_id())
    Post().run(Post().claim())
    return str(post_box.outbox[-1].extra_headers["Reply-To"])


@pytest.fixture
def port(settings: Any, address: str) -> Any:
    with taking_in(settings) as port:
        yield port


def answers(ana: User) -> list[str]:
    return [one.words for one in Message.objects.visible_to(ana).in_order() if one.by_mail]


def test_an_answer_appears_in_the_thread_once(port: int, address: str, together, ana: User, ben: User) -> None:
    Draft.keep(together, "Begun elsewhere.", by=ben)
    quoted = "Yes, Tuesday.\n\nSee you.\n\nOn Mon, 23 Nov 2026 at 10:00, Ana <house@x> wrote:\n\n> Tuesday?\n"
    for _ in range(2):
        assert hand_over(port, mail(address, quoted), address) == "taken"
    assert answers(ana) == ["Yes, Tuesday.\n\nSee you."]
    page = browser(ana).get(f"/clients/{together.pk}/messages/").content.decode()
    assert "Ben, by mail" in page
    assert Draft.of(together, ben).words == "Begun elsewhere."
    hand_over(port, mail(address, "And another.", Message_ID="<2@phone.example>"), address.upper())
    assert len(answers(ana)) == 2


def test_by_smtp_too(settings: Any, address: str, ana: User) -> None:
    with taking_in(settings, "smtp") as port:
        assert hand_over(port, mail(address), address, kind=smtplib.SMTP) == "taken"
    assert answers(ana) == ["Yes, Tuesday."]


STRANGE = (
    "Cleo <cleo@example.org>",
    '"ben@example.org" <cleo@example.org>',
    "ben@example.org, cleo@example.org",
    "ben@example.org <cleo@example.org>",
    "cleo@example.org (ben@example.org)",
    "<ben@example.org> cleo@example.org",
    "ben@example.org.evil.example",
)


def test_from_anybody_else_it_is_refused(port: int, address: str, ana: User) -> None:
    for sender in STRANGE:
        made = mail(address).as_bytes().replace(b"Ben Hale <ben@example.org>", sender.encode())
        assert hand_over(port, made, address).startswith("550 5.7.1 This mail is not from the address"), sender
    twice = b"From: ben@example.org\n" + mail(address).as_bytes()
    assert hand_over(port, twice, address).startswith("550")
    assert answers(ana) == []


def test_what_the_mail_server_calls_forged_is_refused(settings: Any, port: int, address: str, ana: User) -> None:
    settings.REPLY_JUDGE = "mx.house.example"
    assert hand_over(port, mail(address, Authentication_Results=FORGED), address).startswith("550 5.7.1 The checks")
    elsewhere = FORGED.replace("mx.house", "mx.evil")
    assert hand_over(port, mail(address, Authentication_Results=elsewhere), address) == "taken"
    assert len(answers(ana)) == 1


def test_unknown_dead_and_ended_addresses_are_nobodys(port: int, address: str, together, ana, ben: User) -> None:
    token = address.partition("+")[2].partition("@")[0]
    odd = ("reply+@x", f"reply+{token[:-1]}@{DOMAIN}", f"ana@{DOMAIN}", f"reply+{token}@elsewhere.example", "reply")
    for one in odd:
        assert hand_over(port, mail(one), one)[:3] in ("550", "553")
    assert browser(ana).post(f"/clients/{together.pk}/messages/address/").status_code == 302
    assert hand_over(port, mail(address), address) == "taken", "Ana's are hers"
    ReplyAddress.revoke(together, by=ben)
    assert hand_over(port, mail(address), address).startswith("550 5.1.1")
    fresh = ReplyAddress.for_letters_to(together, ben)
    assert fresh != address
    together.end(ana.today, by=ana)
    assert hand_over(port, mail(fresh, Message_ID="<3@x>"), fresh).startswith("550 5.7.0 This work has ended")


def test_a_coachs_address_dies_with_the_seat(settings: Any, together: Engagement, ana: User) -> None:
    settings.REPLY_DOMAIN = DOMAIN
    known = ReplyAddress.for_letters_to(together, ana)
    assert receive.is_known(known)
    together.end(ana.today, by=ana)
    end_seat(Seat.objects.visible_to(ana).get(user=ana), by=ana)
    assert not receive.is_known(known)


MACHINES: tuple[dict[str, str], ...] = (
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-generated; owner-email"},
    {"Precedence": "bulk"},
    {"List_Id": "<news.example>"},
    {"List_Unsubscribe": "<mailto:x@example.org>"},
    {"X_Loop": "127.0.0.1"},
    {"X_Autoreply": "yes"},
)


def test_what_a_machine_wrote_is_let_fall_without_an_answer(port: int, address: str, ana: User) -> None:
    for head in MACHINES:
        assert hand_over(port, mail(address, "I am away.", **head), address) == "taken"
    assert hand_over(port, mail(address, "I am away."), address, sender="") == "taken"
    assert answers(ana) == []
    assert hand_over(port, mail(address, Auto_Submitted="no"), address) == "taken"
    assert len(answers(ana)) == 1


def test_a_letter_of_the_house_sent_back_to_it_ends_there(port: int, address: str, ana: User) -> None:
    ours = post_box.outbox[-1].message()
    ours.replace_header("From", "ben@example.org")
    assert hand_over(port, ours.as_bytes(), address) == "taken"
    assert answers(ana) == []


def test_a_loop_fills_neither_the_thread_nor_the_log(port: int, address: str, ana: User, caplog) -> None:
    for _ in range(40):
        hand_over(port, mail(address, "Away: quince.", Auto_Submitted="auto-replied"), address)
    said = [record.getMessage() for record in caplog.records if record.name == "holdspace.receive"]
    assert said == [f"automatic mails let fall since the start: {number}" for number in (1, 2, 4, 8, 16, 32)]
    assert answers(ana) == []


def test_so_many_an_hour(port: int, address: str, ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "PER_HOUR", 2)
    told = [hand_over(port, mail(address, Message_ID=f"<{n}@x>"), address) for n in range(3)]
    assert told[:2] == ["taken", "taken"]
    assert told[2].startswith("450 4.7.1"), "the mail server keeps it and tries again"
    assert hand_over(port, mail(address, Message_ID="<1@x>"), address) == "taken", "a repeat is no new one"
    before = timezone.now() - timedelta(hours=2)
    Message.objects.access_system("an hour later").filter(by_mail=True).update(written_at=before)
    assert hand_over(port, mail(address, Message_ID="<3@x>"), address) == "taken"


def test_files_come_along_under_the_same_rules(port: int, address: str, ana: User) -> None:
    made = mail(address, "Here it is.")
    made.add_attachment(b"%PDF-1.7 plan", maintype="application", subtype="pdf", filename="Plän.pdf")
    made.add_attachment(b"x", maintype="application", subtype="pgp-signature", filename="signature.asc")
    assert hand_over(port, made, address) == "taken"
    (file,) = Attachment.objects.visible_to(ana)
    assert (file.name, file.content) == ("Plän.pdf", b"%PDF-1.7 plan")
    made = mail(address, "And this.", Message_ID="<2@x>")
    made.add_attachment(b"MZ\0", maintype="application", subtype="pdf", filename="plan.pdf")
    assert hand_over(port, made, address).startswith("550 5.6.1 One of the files")
    assert len(answers(ana)) == 1, "nothing half-taken"


def test_too_much_and_too_little(port: int, address: str, ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hand_over(port, mail(address, "> Tuesday?\n"), address).startswith("550 5.6.0 There are no new words")
    assert hand_over(port, mail(address, "word " * 5_000), address).startswith("552 5.3.4")
    huge = mail(address, "x\n" * 400).as_bytes() + b"y" * 70 * 500_000
    assert hand_over(port, huge.replace(b"y" * 700, b"y" * 698 + b"\r\n"), address)[:3] == "552"
    assert answers(ana) == []


def test_a_fault_of_ours_leaves_the_mail_with_the_mail_server(
    port: int, address: str, ana: User, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    def broken(*_given: Any) -> None:
        raise RuntimeError("quince")

    with monkeypatch.context() as patch:
        patch.setattr(receive, "take_answer", broken)
        assert hand_over(port, mail(address), address).startswith("451 4.3.0")
    assert hand_over(port, mail(address), address) == "taken"


def test_one_recipient_at_a_time(port: int, address: str) -> None:
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as server:
        refused = server.sendmail("ben@example.org", [address, address.upper()], mail(address).as_bytes())
    assert [code for code, _ in refused.values()] == [452]

"""Mail that comes back: one row however much comes, nothing more sent there, and the other is told what to do."""

import smtplib
from typing import Any

import pytest
from django.core import mail as post_box

from holdspace.engagements.models import Engagement
from holdspace.letters.bounce import NotAReport, take_bounce
from holdspace.letters.envelope import bounce_address, bounced
from holdspace.letters.models import Letter, Returned
from holdspace.letters.post import Post
from holdspace.people.models import User
from holdspace.threads.send import send
from holdspace.threads.tests.mails import DOMAIN, hand_over, mail, report, taking_in
from holdspace.vault.models import new_id
from tests.cast import browser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letter(settings: Any, together: Engagement, ana: User) -> Letter:
    """A letter to Ben that has left."""
    settings.REPLY_DOMAIN = DOMAIN
    send(together, "Tuesday?", by=ana, once=new_id())
    Post().run(Post().claim())
    return Letter.objects.access_system("in a test").get()


def returned() -> list[tuple[str, str]]:
    return list(Returned.objects.access_system("in a test").values_list("person__name", "status"))


def test_a_report_through_the_port_stops_further_mail_and_is_shown(
    settings: Any, letter: Letter, together: Engagement, ana: User, ben: User
) -> None:
    back = post_box.outbox[0].from_email
    assert back == bounce_address(letter.pk)
    with taking_in(settings) as port:
        assert hand_over(port, report(back), back, sender="") == "taken"
    assert returned() == [("Ben", "5.1.1")]
    letter.refresh_from_db()
    assert letter.returned_at
    page = browser(ana).get(f"/clients/{together.pk}/messages/").content.decode()
    assert "Mail to Ben came back" in page
    assert "ben@example.org" not in page, "the coach learns no address"
    send(together, "Are you there?", by=ana, once=new_id())
    Post().run(Post().claim())
    assert len(post_box.outbox) == 1
    given_up = Letter.objects.access_system("in a test").exclude(pk=letter.pk).get()
    assert (given_up.trouble, given_up.words) == ("mail to this address came back", None)


def test_a_storm_is_one_row(letter: Letter) -> None:
    for _ in range(1_000):
        take_bounce(letter.pk, "", report("x"))
    assert len(returned()) == 1


def test_said_to_work_again_or_changed(letter: Letter, together: Engagement, ana: User, ben: User) -> None:
    take_bounce(letter.pk, "", report("x"))
    assert "ben@example.org" in browser(ben).get("/me/mail/").content.decode()
    browser(ben).post("/me/mail/works/")
    assert returned() == []
    take_bounce(letter.pk, "", report("x"))
    browser(ana).post(f"/clients/{together.pk}/messages/mail/")
    assert returned() == []
    take_bounce(letter.pk, "", report("x"))
    ben.email = "ben.hale@example.org"
    ben.save()
    assert Returned.from_address_of(ben) is None
    assert Returned.note(ben, "5.2.1"), "the new address can come back too"
    assert returned() == [("Ben", "5.2.1")]


@pytest.mark.parametrize(("status", "action"), [("4.4.7", "delayed"), ("4.4.7", "failed"), ("5.0.0", "relayed")])
def test_late_is_not_lost(letter: Letter, status: str, action: str) -> None:
    assert not take_bounce(letter.pk, "", report("x", status, action))
    assert returned() == []


def test_only_a_report_from_a_mail_server_counts(settings: Any, letter: Letter) -> None:
    with pytest.raises(NotAReport):
        take_bounce(letter.pk, "cleo@example.org", report("x"))
    with pytest.raises(NotAReport):
        take_bounce(letter.pk, "", mail("x").as_bytes())
    with pytest.raises(NotAReport):
        take_bounce(letter.pk, "", b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n")
    assert take_bounce(new_id(), "", report("x")) is False
    known = bounce_address(letter.pk).partition("+")[2].partition("@")[0]
    assert bounced(known) == letter.pk
    for odd in ("", "x", known[:-1], f"{new_id().hex}-{known[33:]}", known + "é"):
        assert bounced(odd) is None
    made_up = f"bounce+{new_id().hex}-{known[33:]}@{DOMAIN}"
    with taking_in(settings) as port:
        assert hand_over(port, report(made_up), made_up, sender="").startswith("550")
    assert returned() == []


def test_an_address_the_mail_server_refuses_at_once_has_come_back_too(
    together: Engagement, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(code: int) -> None:
        def send_it(_self: Any, *_given: Any) -> None:
            raise smtplib.SMTPRecipientsRefused({"ben@example.org": (code, b"no")})

        monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", send_it)

    send(together, "Tuesday?", by=ana, once=new_id())
    refuse(450)
    letter = Post().claim()
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        Post().run(letter)
    assert returned() == []
    refuse(550)
    Post().run(letter)
    assert returned() == [("Ben", "5.0.0")]

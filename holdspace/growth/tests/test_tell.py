"""Letters about promises to the other: once, in agreed hours, without a word of a promise, and one tap to answer."""

from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.test import Client

from holdspace.engagements.models import Engagement
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.growth.models import Commitment, Move
from holdspace.growth.tests.promising import TODAY, clock, fresh, later, promise
from holdspace.letters.choose import choose
from holdspace.letters.models import Letter
from holdspace.letters.post import Post
from holdspace.people.models import Link, User
from holdspace.privacy.erase import erase_engagement

assert clock
DAY = timedelta(days=1)


def box() -> list[Letter]:
    found = Letter.objects.access_system("in a test").unsent().filter(kind="promise")
    return list(found.select_related("to", "key__parent").order_by("written_at", "pk"))


def post() -> None:
    job = Post()
    while letter := job.claim():
        job.run(letter)


def link_in(letter: Letter) -> str:
    return "/k/promise/" + letter.words.split("/k/promise/")[1].split()[0]


def asked(engagement: Engagement, by: User, day: date = TODAY + 5 * DAY) -> Move:
    """Another day for a promise of whoever asks."""
    return Move.ask(promise(engagement, by, due=TODAY + 2 * DAY), day, by=by)


def test_a_wish_for_another_day_is_told_and_agreed_on_by_one_tap(clock, ana: User, ben: User, together) -> None:
    move = asked(together, ana)
    (letter,) = box()
    assert (letter.to, letter.subject) == (ben, "Ana asks for another day")
    assert "Monday 30 November instead of Friday 27 November" in letter.words
    phone, link = Client(), link_in(letter)
    page = " ".join(phone.get(link).content.decode().split())
    assert "Ana asks for <strong>" in page
    assert "recruiter" in page
    assert "It is done" not in page, "only whoever promised says that"
    assert fresh(move.commitment).due_on == TODAY + 2 * DAY, "looking agrees to nothing"
    assert "It is due" in phone.post(link, {"became": "fine"}).content.decode()
    assert fresh(move.commitment).due_on == TODAY + 5 * DAY
    for again in (phone.get(link), phone.post(link, {"became": "fine"})):
        assert again.status_code == 404
    assert not box(), "nobody is asked what they answered"


def test_rather_not_by_one_tap(clock, ana: User, ben: User, together: Engagement) -> None:
    move = asked(together, ana)
    answer = Client().post(link_in(box()[0]), {"became": "rather not"})
    assert "rather keep the day" in answer.content.decode()
    move.refresh_from_db()
    assert move.state == "declined"


def test_a_day_gone_by_before_the_tap_is_refused_and_the_link_still_opens(clock, ana: User, together) -> None:
    move = asked(together, ana)
    link = link_in(box()[0])
    later(clock, days=6)
    answer = Client().post(link, {"became": "fine"})
    assert answer.status_code == 422
    assert "That day has passed" in answer.content.decode()
    assert Client().get(link).status_code == 200
    assert fresh(move.commitment).due_on == TODAY + 2 * DAY


def test_whoever_promised_meets_the_wish_and_their_own_answers(clock, ana: User, ben: User, together) -> None:
    made = promise(together, ben, due=TODAY + 2 * DAY)
    Move.ask(made, TODAY + 5 * DAY, by=ana)
    link = link_in(box()[0])
    page = Client().get(link).content.decode()
    assert "That day is fine" in page
    assert "It is done" in page
    assert "ticked off" in Client().post(link, {"became": "done"}).content.decode()
    assert fresh(made).state == "kept"


@pytest.mark.parametrize("said", [{"became": "done"}, {"became": "moved", "new_day": str(TODAY)}, {"became": "stuck"}])
def test_the_other_answers_the_wish_and_nothing_else(clock, said: dict[str, str], ana: User, together) -> None:
    move = asked(together, ana)
    assert Client().post(link_in(box()[0]), said).status_code in (200, 404)
    assert fresh(move.commitment).state == "open"
    assert Move.objects.access_system("in a test").count() == 1


def test_the_same_wish_twice_is_one_letter_and_a_new_wish_another(clock, ana: User, together: Engagement) -> None:
    made = asked(together, ana).commitment
    for _ in range(2):
        Move.ask(made, TODAY + 5 * DAY, by=ana)
    old = link_in(box()[0])
    Move.ask(made, TODAY + 7 * DAY, by=ana)
    (letter,) = box()
    assert "2 December" in letter.words
    assert Client().get(old).status_code == 404
    Move.objects.visible_to(ana).waiting().get().withdraw(by=ana)
    assert not box()


def test_a_promise_written_down_as_theirs_is_told_once_for_all(clock, ana: User, ben: User, together) -> None:
    first, second = (promise(together, ana, owner="client", action=f"Call {name}") for name in ("Ida", "Joe"))
    (letter,) = box()
    assert letter.to == ben
    assert "wrote a promise down as yours" in letter.subject
    assert "Call" not in letter.words
    assert f"/promises/#commitment-{first.pk}" in letter.words
    first.accept(by=ben)
    assert len(box()) == 1, "one still waits for a yes"
    second.decline(by=ben)
    assert not box()
    promise(together, ana)
    assert not box(), "one's own is nobody's to answer"


def test_taken_away_again_it_is_not_told(clock, ana: User, together: Engagement) -> None:
    promise(together, ana, owner="client").remove(by=ana)
    assert not box()


def test_stuck_is_told_once_a_day_and_asking_for_help_by_itself(clock, ana: User, ben: User, together) -> None:
    made = promise(together, ben, due=TODAY + 2 * DAY)
    for _ in range(2):
        made.say_stuck("Nobody picks up", by=ben)
    (letter,) = box()
    assert (letter.to, letter.subject) == (ana, "One of your clients is stuck with a promise")
    assert "Ben" not in letter.words
    assert "picks up" not in letter.words
    made.say_stuck("Nobody picks up", help_wanted=True, by=ben)
    assert box()[-1].subject.endswith("and would like help")
    made.go_on(by=ben)
    assert not box()


def test_quiet_hours_hold_it_and_no_mail_means_none(clock, ana: User, ben: User, together: Engagement) -> None:
    agreed_on(together, quiet_from=time(6), quiet_to=time(20))
    asked(together, ana)
    assert box()[0].due_at.astimezone(ben.zone).hour == 20
    agreed_on(together, channels=["phone"])
    made = promise(together, ana, owner="client")
    Move.ask(promise(together, ana, due=TODAY), TODAY + 9 * DAY, by=ana)
    assert made.state == "waiting"
    assert not box(), "what was agreed on since holds for what waits, too"


def test_it_goes_in_the_one_letter_of_the_day(clock, ana: User, ben: User, together: Engagement) -> None:
    choose(ben, words=True, daily_at=time(18))
    asked(together, ana)
    promise(together, ana, owner="client")
    post()
    assert not mail.outbox
    later(clock, hours=12)
    post()
    (daily,) = mail.outbox
    assert daily.body.count("Hello Ben") == 1
    assert "asks for another day" in daily.body
    assert "as a promise of yours" in daily.body
    assert "recruiter" not in daily.body, "the words of a promise stay in the house"


def test_after_the_ending_nothing_is_told(clock, ana: User, ben: User, together: Engagement) -> None:
    asked(together, ana)
    link = link_in(box()[0])
    together.end(TODAY, by=ben)
    assert not box()
    assert Client().get(link).status_code == 404


def test_erased_in_between_there_is_no_letter_and_no_link(clock, ana: User, ben: User, together: Engagement) -> None:
    asked(together, ana)
    link = link_in(box()[0])
    erase_engagement(together, by=ben)
    post()
    assert not mail.outbox
    assert Client().post(link, {"became": "fine"}).status_code == 404
    assert not Commitment.objects.access_system("in a test").exists()


def test_a_link_for_a_stranger_opens_nothing(clock, ana: User, cleo: User, together: Engagement) -> None:
    move = asked(together, ana)
    token = Link.make(Link.Purpose.PROMISE, about=move.commitment_id, person=cleo)
    assert Client().get(f"/k/promise/{token}/").status_code == 404

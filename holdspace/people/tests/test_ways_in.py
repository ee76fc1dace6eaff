"""How one signs in: the page itself, and the browsers signed in."""

from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse
from django.utils.timezone import now

from holdspace.people.browsers import in_words
from holdspace.people.models import User
from holdspace.people.tests.comers import come_in, fresh, is_in, words
from tests.cast import PASSWORD, browser

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile Safari/604.1"


def test_the_page_says_how_one_comes_in(ben: User, django_assert_max_num_queries: object) -> None:
    there = come_in(ben, **{"user-agent": FIREFOX})
    come_in(ben, **{"user-agent": IPHONE})
    with django_assert_max_num_queries(8):
        page = words(there.get(reverse("ways_in")))
    assert ben.email in page
    assert "Firefox on Linux, this one" in page
    assert "Safari on an iPhone" in page
    assert "Recovery codes" not in page


def test_one_browser_can_be_signed_out_from_another(ben: User) -> None:
    here, there = come_in(ben), come_in(ben)
    other = UserSession.objects.filter(user=ben).exclude(session_key=here.session.session_key).get()
    here.post(reverse("end_browser"), {"browser": other.pk})
    assert is_in(here)
    assert not is_in(there)


def test_all_others_at_once_even_those_that_nobody_listed(ben: User) -> None:
    here, listed, unlisted = come_in(ben), come_in(ben), browser(ben)
    here.post(reverse("end_browser"), {"browser": "others"})
    assert is_in(here)
    assert not is_in(listed)
    assert not is_in(unlisted)
    assert "this one" in words(here.get(reverse("ways_in")))


def test_nobody_signs_another_out(ben: User, cleo: User) -> None:
    there = come_in(ben)
    bens = UserSession.objects.get(user=ben)
    for wish in (str(bens.pk), "0", "-1", "x", "9" * 400, ""):
        assert come_in(cleo).post(reverse("end_browser"), {"browser": wish}).status_code == 302
    assert is_in(there)


def test_a_browser_that_is_signed_out_is_not_listed(ben: User) -> None:
    here, there = come_in(ben), come_in(ben)
    there.post(reverse("account_logout"))
    assert words(here.get(reverse("ways_in"))).count("since") == 1


def test_a_changed_password_ends_the_other_sessions(ben: User) -> None:
    here, there = fresh(ben), come_in(ben)
    new = "another quiet room with a door"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(here)
    assert not is_in(there)
    assert mail.outbox[-1].subject == "Your password was changed"


def test_a_forgotten_password_chosen_anew_ends_them_all(ben: User) -> None:
    there = come_in(ben)
    lost = browser()
    lost.post(reverse("account_reset_password"), {"email": ben.email})
    link = next(word for word in str(mail.outbox[-1].body).split() if "://" in word)
    page = lost.get(link, follow=True)
    new = "another quiet room with a door"
    lost.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert not is_in(there)
    assert is_in(come_in(ben, new))


def test_a_closed_person_is_out_at_once(ben: User) -> None:
    there = come_in(ben)
    User.objects.filter(pk=ben.pk).update(closed_at=now())
    assert not is_in(there)


def test_the_librarys_own_pages_lead_here(ben: User) -> None:
    there = come_in(ben)
    for name in ("mfa_index", "mfa_list_webauthn", "account_email"):
        assert there.get(reverse(name)).url == reverse("ways_in")


def test_browsers_are_called_as_people_call_them() -> None:
    assert in_words(FIREFOX) == "Firefox on Linux"
    assert in_words(IPHONE) == "Safari on an iPhone"
    assert in_words("curl/8") == "A browser"


def test_signed_out_there_is_nothing_here(db: None) -> None:
    for name in ("ways_in", "new_address", "prove_address", "again"):
        assert browser().get(reverse(name)).status_code == 302

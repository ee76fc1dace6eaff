"""A transcript comes in: kept while both agree, refused otherwise, and only once."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse

from holdspace.conversations.consent import withdraw
from holdspace.conversations.intake import Hear, NotTheCoach, take_in
from holdspace.conversations.models import AlreadyThere, Mark, Session, Transcript
from holdspace.engagements.models import NoConsent
from holdspace.listening import TranscriptError
from holdspace.people.models import User
from tests.cast import TALK, both_agree, browser, listen_now, meeting


def kept(session: Session) -> int:
    return Transcript.objects.access_system("in a test").filter(session=session).count()


def bring(person: User, session: Session, content: bytes, name: str = "talk.txt"):
    address = reverse("bring_transcript", args=[session.pk])
    return browser(person).post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_brought_by_file_it_is_heard_and_shown(agreed: Session, ana: User) -> None:
    page = bring(ana, agreed, TALK.encode())
    assert "Listening" in page.content.decode()
    listen_now()
    page = browser(ana).get(agreed.get_absolute_url()).content.decode()
    assert "Found in it" in page


def test_pasted_words_do_as_well(agreed: Session, ana: User) -> None:
    browser(ana).post(reverse("bring_transcript", args=[agreed.pk]), {"pasted": TALK})
    assert kept(agreed) == 1


def test_without_both_keys_nothing_is_kept(session: Session, ana: User) -> None:
    page = bring(ana, session, TALK.encode())
    assert page.status_code == 422
    assert "needs a yes from both of you" in page.content.decode()
    assert kept(session) == 0


def test_the_client_brings_no_transcript(agreed: Session, ben: User) -> None:
    assert bring(ben, agreed, TALK.encode()).status_code == 404
    with pytest.raises(NotTheCoach):
        take_in(agreed, TALK.encode(), by=ben)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff\xfe\x00" * 400, ""),
        (b"WEBVTT\n\n", "no words"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(agreed: Session, ana: User, content: bytes, word: str) -> None:
    page = bring(ana, agreed, content, "call.vtt")
    assert page.status_code == 422
    assert word in page.content.decode()
    assert kept(agreed) == 0


@pytest.mark.slow
def test_50_000_cues_are_refused_in_a_sentence_where_many_speak_and_heard_where_they_are_one_conversation(
    agreed: Session, ana: User
) -> None:
    def cues(turn: int) -> bytes:
        said = (f"{_clock(at)} --> {_clock(at + 1)}\n{('Ana', 'Ben')[at // turn % 2]}: Yes.\n" for at in range(50_000))
        return ("WEBVTT\n\n" + "\n".join(said)).encode()

    page = bring(ana, agreed, cues(1), "call.vtt")
    assert page.status_code == 422
    assert "50,000 turns, and one session has at most 6,000" in page.content.decode()
    assert kept(agreed) == 0
    bring(ana, agreed, cues(100), "call.vtt")
    assert kept(agreed) == 1


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def test_a_recording_of_200_mb_is_refused_by_its_size(agreed: Session, ana: User, settings) -> None:
    settings.TRANSCRIPT_LIMIT = settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 20_000
    page = bring(ana, agreed, b"Ana: Hello.\n" * 4_000)
    assert "larger than" in page.content.decode()
    assert kept(agreed) == 0


def test_the_same_file_twice_is_told_and_a_second_one_is_refused(agreed: Session, ana: User) -> None:
    bring(ana, agreed, TALK.encode())
    assert "this very transcript" in bring(ana, agreed, TALK.encode()).content.decode()
    assert "has a transcript already" in bring(ana, agreed, b"Ana: Hello?\nBen: Hello.\n").content.decode()
    assert kept(agreed) == 1


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_leave_one(agreed: Session, ana: User) -> None:
    met: list[str] = []

    def one(text: str) -> None:
        try:
            take_in(Session.objects.visible_to(ana).get(pk=agreed.pk), text.encode(), by=ana)
            met.append("kept")
        except AlreadyThere:
            met.append("refused")
        finally:
            connections.close_all()

    both = [threading.Thread(target=one, args=(TALK + extra,)) for extra in ("", "Ana: Goodbye.\n")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(20)
    assert sorted(met) == ["kept", "refused"]
    assert kept(agreed) == 1


def test_consent_withdrawn_while_the_worker_listens_leaves_nothing(
    agreed: Session, ana: User, ben: User, monkeypatch
) -> None:
    from holdspace.conversations import intake

    take_in(agreed, TALK.encode(), by=ana)
    real = intake.listen

    def interrupted(*given, **named):
        heard = real(*given, **named)
        withdraw(agreed, by=ben)
        return heard

    monkeypatch.setattr(intake, "listen", interrupted)
    transcript = Hear().claim()
    Hear().run(transcript)
    assert kept(agreed) == 0
    assert not Mark.objects.access_system("in a test").exists()


def test_without_consent_the_worker_opens_nothing(agreed: Session, ana: User, monkeypatch) -> None:
    from holdspace.conversations import intake
    from holdspace.engagements.models import Consent

    take_in(agreed, TALK.encode(), by=ana)
    Consent.objects.access_system("in a test").delete()
    monkeypatch.setattr(intake, "spoken_in", lambda _: pytest.fail("opened without consent"))
    Hear().run(Hear().claim())
    assert kept(agreed) == 0


def test_a_swap_hears_anew_without_an_upload_and_keeps_answers(heard: Transcript, ana: User) -> None:
    accepted = Mark.objects.visible_to(ana).filter(kind="promise").order_by("turn").first()
    accepted.accept(by=ana)
    browser(ana).post(reverse("choose_coach", args=[heard.session_id]), {"speaker": "Ben"})
    listen_now()
    again = Transcript.objects.visible_to(ana).get(pk=heard.pk)
    assert again.heard["coach"] == "Ben"
    assert Mark.objects.visible_to(ana).filter(pk=accepted.pk, accepted_at__isnull=False).exists()


THREE = "Ana: What now?\nBen: I go.\nRosa: He goes, and I stay here with all of it, every single day.\nAna: And then?\n"


def test_with_three_speakers_the_client_is_known_by_name_and_can_be_changed(agreed: Session, ana: User) -> None:
    transcript = take_in(agreed, THREE.encode(), by=ana)
    listen_now()
    assert "Ben is taken as the client" in browser(ana).get(agreed.get_absolute_url()).content.decode()
    browser(ana).post(reverse("choose_client", args=[agreed.pk]), {"speaker": "Rosa"})
    listen_now()
    heard = Transcript.objects.visible_to(ana).get(pk=transcript.pk).heard
    assert [turn["role"] for turn in heard["turns"]] == ["coach", "other", "client", "coach"]
    page = browser(ana).post(reverse("choose_client", args=[agreed.pk]), {"speaker": "Ana"}, follow=True)
    assert "be the client here" in page.content.decode()


def test_a_coach_who_is_named_is_known_without_a_guess(agreed: Session, ana: User) -> None:
    transcript = take_in(agreed, b"Ben: Why?\nAna: So.\nBen: And then?\nAna: Well.\n", by=ana)
    assert transcript.coach_speaker == "Ana"


def test_a_speaker_who_is_not_there_changes_nothing(heard: Transcript, ana: User) -> None:
    browser(ana).post(reverse("choose_coach", args=[heard.session_id]), {"speaker": "Zed"})
    assert Transcript.objects.visible_to(ana).get(pk=heard.pk).coach_speaker == "Ana"


def test_nobody_named_is_asked_for_line_by_line(agreed: Session, ana: User) -> None:
    take_in(
        agreed,
        b"WEBVTT\n\n00:01.000 --> 00:02.000\nHow are you?\n\n00:03.000 --> 00:04.000\nTired, but fine.\n",
        by=ana,
    )
    page = browser(ana).get(agreed.get_absolute_url()).content.decode()
    assert "Who is speaking?" in page
    address = reverse("name_lines", args=[agreed.pk])
    assert "still without a name" in browser(ana).post(address, {"line-0": "coach"}).content.decode()
    browser(ana).post(address, {"line-0": "coach", "line-1": "client"})
    listen_now()
    heard = Transcript.objects.visible_to(ana).get(session=agreed).heard
    assert [turn["role"] for turn in heard["turns"]] == ["coach", "client"]


def test_a_removed_transcript_leaves_nothing_and_the_consents(heard: Transcript, ana: User) -> None:
    session = heard.session
    browser(ana).post(reverse("remove_transcript", args=[session.pk]))
    assert kept(session) == 0
    take_in(session, TALK.encode(), by=ana)
    assert kept(session) == 1


def test_one_yes_counts_for_one_session_only(agreed: Session, ana: User) -> None:
    other = meeting(agreed.engagement, days=-9)
    with pytest.raises(NoConsent):
        take_in(other, TALK.encode(), by=ana)
    both_agree(other)
    take_in(other, TALK.encode(), by=ana)


def test_a_refusal_names_the_line(agreed: Session, ana: User) -> None:
    with pytest.raises(TranscriptError) as refused:
        take_in(agreed, b'{"turns": [{"speaker": "Ana", "text": 7}]}', by=ana)
    assert refused.value.reason

"""Words between sessions are taken along, moved to another house, and erased whole."""

import io
import json
import zipfile
from typing import Any

from holdspace.engagements.models import Engagement
from holdspace.letters.choose import choose
from holdspace.letters.models import Letter, Wish
from holdspace.people.models import User
from holdspace.privacy.archive import OwnArchive, WholeArchive
from holdspace.privacy.bring import bring_in
from holdspace.privacy.erase import erase_engagement, erase_person
from holdspace.privacy.pack import as_json, pack
from holdspace.threads.files import NewFile
from holdspace.threads.models import Attachment, Draft, Message, ReplyAddress
from holdspace.threads.send import send
from holdspace.vault.models import new_id

PLAN = NewFile("plan.pdf", "pdf", b"%PDF-1.7 the plan")


def written(together: Engagement, settings: Any) -> Message:
    settings.REPLY_DOMAIN = "reply.house.example"
    choose(together.client, words=True, daily_at=None)
    Draft.keep(together, "Begun by Ana.", by=together.coach)
    Draft.keep(together, "Begun by Ben.", by=together.client)
    return send(together, "About the quince.", by=together.coach, once=new_id(), files=[PLAN])


def count() -> dict[str, int]:
    nouns = (Message, Draft, Attachment, ReplyAddress, Letter, Wish)
    return {noun.__name__: noun.objects.access_system("in a test").count() for noun in nouns}


def test_both_take_it_along_with_the_files(together: Engagement, ana: User, ben: User, cleo: User, settings) -> None:
    message = written(together, settings)
    for person, begun in ((ana, None), (ben, "Begun by Ben."), (cleo, None)):
        with zipfile.ZipFile(io.BytesIO(b"".join(pack(OwnArchive(person))))) as zipped:
            told = json.loads(zipped.read("holdspace.json"))["tables"]
            files = [name for name in zipped.namelist() if name.startswith("files/")]
            page = zipped.read("index.html").decode()
            if person is cleo:
                assert (files, told["threads.Message"]) == ([], [])
                continue
            assert [row["words"] for row in told["threads.Message"]] == [message.words]
            assert "first_read_at" not in told["threads.Message"][0]
            assert [row["words"] for row in told["threads.Draft"]] == ([begun] if begun else [])
            assert zipped.read(files[0]) == PLAN.content
            assert files[0] in page
            assert "token" not in told["threads.ReplyAddress"][0] if told["threads.ReplyAddress"] else True


def test_erasing_the_engagement_takes_all_of_it(together: Engagement, ben: User, settings) -> None:
    written(together, settings)
    erase_engagement(together, by=ben)
    assert {name: many for name, many in count().items() if many} == {"Wish": 1}


def test_erasing_the_client_takes_their_wishes_too(together: Engagement, ben: User, settings) -> None:
    written(together, settings)
    erase_person(ben, by=ben)
    assert not any(count().values())


def test_a_moved_practice_has_its_files(together: Engagement, ana: User, settings) -> None:
    written(together, settings)
    told = json.loads("".join(as_json(WholeArchive(together.practice))))
    erase_engagement(together, by=together.client)
    practice = bring_in(told)
    moved = Attachment.objects.access_system("in a test").filter(engagement__practice=practice)
    (file,) = moved.select_related("engagement__key__parent")
    assert (file.name, file.content) == ("plan.pdf", PLAN.content)

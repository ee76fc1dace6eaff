"""The sealed field: words in, tokens stored, words out; everything else is refused."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Length, Upper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdspace.vault.models import (
    Key,
    KeyDestroyed,
    NoSealingKey,
    NotSealed,
    SealBroken,
    Sealed,
    SealedField,
    SealedLookup,
    new_id,
)
from holdspace.vault.tests.boxes import Box, Lid, Somebody

CANARY = "canary-5b1d"
Again = Callable[[Any], Any]


def opened() -> Any:
    return Box.objects.access_system("looking in a test")


def column(box: Box, name: str = "text") -> bytes | None:
    with connection.cursor() as cursor:
        pk = box.pk.hex if connection.vendor == "sqlite" else box.pk
        cursor.execute(f"SELECT {name} FROM vault_tests_box WHERE id = %s", [pk])
        found = cursor.fetchone()[0]
    return None if found is None else bytes(found)


def overwrite(box: Box, token: Any, name: str = "text") -> None:
    with connection.cursor() as cursor:
        pk = box.pk.hex if connection.vendor == "sqlite" else box.pk
        cursor.execute(f"UPDATE vault_tests_box SET {name} = %s WHERE id = %s", [token, pk])


def test_words_come_back(box: Box, again: Again) -> None:
    assert again(box).text == "a quiet word"
    assert box.text == "a quiet word"


def test_the_column_holds_no_words(key: Key) -> None:
    box = Box.objects.create(key=key, text=CANARY, words={"deep": CANARY}, blob=CANARY.encode())
    for name in ("text", "words", "blob"):
        assert CANARY.encode() not in (column(box, name) or b"")


@pytest.mark.usefixtures("stored")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=st.text(st.characters(), max_size=600),
    words=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    ),
)
def test_any_words_come_back(key: Key, again: Again, text: str, words: Any) -> None:
    box = Box.objects.create(key=key, text=text, words=words)
    found = again(box)
    assert (found.text, found.words) == (text, words)


def test_nothing_is_nothing(key: Key, again: Again) -> None:
    box = Box.objects.create(key=key, text="")
    found = again(box)
    assert (found.text, found.aside, found.words, found.blob) == ("", None, None, None)
    assert column(box, "aside") is None


def test_nothing_assigned_is_the_empty_text(key: Key, again: Again) -> None:
    assert again(Box.objects.create(key=key)).text == ""


def test_many_at_once(key: Key, ana: Somebody) -> None:
    made = Box.objects.bulk_create(Box(key=key, owner=ana.pk, text=f"word {number}") for number in range(30))
    found = Box.objects.visible_to(ana).in_bulk()
    assert [found[box.pk].text for box in made] == [f"word {number}" for number in range(30)]


def test_changing_the_words(box: Box, again: Again) -> None:
    box.text = "another word"
    assert box.text == "another word"
    assert again(box).text == "a quiet word"
    box.save()
    assert again(box).text == "another word"


def test_saving_untouched_words_keeps_the_token(box: Box, again: Again) -> None:
    token = column(box)
    found = again(box)
    found.label = "second"
    found.save()
    assert column(box) == token
    assert again(box).text == "a quiet word"


def test_a_dict_changed_in_place_is_kept(key: Key, again: Again) -> None:
    box = Box.objects.create(key=key, words={"turns": [1]})
    found = again(box)
    found.words["turns"].append(2)
    found.save()
    assert again(box).words == {"turns": [1, 2]}


def test_update_fields_saves_only_those(box: Box, again: Again) -> None:
    box.text, box.aside = "new", "aside"
    box.save(update_fields=["aside"])
    assert (again(box).text, again(box).aside) == ("a quiet word", "aside")
    box.save()
    assert again(box).text == "new"


def test_deferred_words_are_fetched_when_read(box: Box, queries: Any) -> None:
    found = opened().defer("text").select_related("key").get(pk=box.pk)
    assert "text_sealed" in found.get_deferred_fields()
    with queries() as asked:
        assert found.text == "a quiet word"
    assert len(asked) == 1


def test_only_the_words(box: Box) -> None:
    assert opened().only("text").get(pk=box.pk).text == "a quiet word"


def test_refreshing(box: Box, again: Again) -> None:
    other = again(box)
    other.text = "changed elsewhere"
    other.save()
    box.refresh_from_db()
    assert box.text == "changed elsewhere"
    box.text = "dropped"
    box.refresh_from_db(fields=["text"])
    assert box.text == "changed elsewhere"


def test_refreshing_opens_nothing(box: Box) -> None:
    box.key.destroy(by=None, why="the work ended")
    box.refresh_from_db()
    assert box.label == "first"


def test_reading_many_asks_for_no_key_each(key: Key, ana: Somebody, queries: Any) -> None:
    Box.objects.bulk_create(Box(key=key, owner=ana.pk, text="x") for _ in range(20))
    with queries() as asked:
        assert {box.text for box in Box.objects.visible_to(ana)} == {"x"}
    assert len(asked) == 1


def test_values_give_tokens(box: Box) -> None:
    token = opened().values_list("text", flat=True).get(pk=box.pk)
    assert isinstance(token, Sealed)
    assert "quiet" not in f"{token} {token!r} {opened().values('text')[0]}"


def test_nothing_shows_the_words(box: Box) -> None:
    box.text = CANARY
    shown = f"{box} {box!r} {vars(box)} {box.text_sealed!r} {Box.text!r}"
    assert CANARY not in shown
    assert box.text == CANARY
    box.save()
    assert CANARY not in f"{box!r} {vars(box)}"


def test_a_pickle_holds_no_words(box: Box) -> None:
    box.text = CANARY
    box.save()
    assert box.text == CANARY
    assert CANARY.encode() not in pickle.dumps(box)
    assert CANARY.encode() not in pickle.dumps(box.text_sealed)
    assert pickle.loads(pickle.dumps(box.text_sealed)).token == column(box)


def test_unsaved_words_are_not_pickled(box: Box) -> None:
    box.text = CANARY
    with pytest.raises(NotSealed):
        pickle.dumps(box)


def test_a_dump_holds_no_words(box: Box) -> None:
    box.text = CANARY
    with pytest.raises(NotSealed):
        serializers.serialize("json", [box])
    box.save()
    assert CANARY not in serializers.serialize("json", [box])


def test_a_copy_in_memory_keeps_its_words(box: Box) -> None:
    box.text = "copied"
    assert copy.deepcopy(box.text_sealed).reveal(box, Box._meta.get_field("text")) == "copied"


@pytest.mark.parametrize("given", ["plain", b"plain", Value("plain")])
def test_plain_words_cannot_take_the_place_of_a_token(key: Key, given: Any) -> None:
    with pytest.raises(NotSealed), transaction.atomic():
        Box.objects.create(key=key, text_sealed=given)


@pytest.mark.parametrize("lookup", ["", "__exact", "__contains", "__in", "__gt", "__startswith", "__regex", "__length"])
def test_the_database_cannot_look_in(stored: None, lookup: str) -> None:
    with pytest.raises(SealedLookup):
        opened().filter(**{f"text{lookup}": ["x"] if lookup == "__in" else "x"})


def test_whether_there_is_something(box: Box) -> None:
    assert list(opened().filter(aside__isnull=True, text__isnull=False)) == [box]


@pytest.mark.parametrize("change", ["plain", b"plain", 7, {"a": 1}, Value("plain"), Upper(Value("plain")), F("label")])
def test_plain_words_cannot_be_updated_in(box: Box, change: Any, again: Again) -> None:
    with pytest.raises(NotSealed), transaction.atomic():
        opened().filter(pk=box.pk).update(text=change)
    assert again(box).text == "a quiet word"


def test_an_update_may_clear(box: Box, again: Again) -> None:
    box.aside = "soon gone"
    box.save()
    opened().update(aside=None)
    assert again(box).aside is None


def test_bulk_update_is_refused(box: Box) -> None:
    box.text = "plain"
    with pytest.raises(NotSealed):
        opened().bulk_update([box], ["text"])


def test_annotations_see_only_tokens(box: Box) -> None:
    found = opened().annotate(size=Length("text"), same=F("text")).get(pk=box.pk)
    assert found.size > 256
    assert "quiet" not in repr(found.same)


@pytest.mark.parametrize(("name", "wrong"), [("text", 7), ("text", b"x"), ("blob", "x"), ("text", {"a": 1})])
def test_a_value_of_another_kind_is_refused(box: Box, name: str, wrong: Any) -> None:
    with pytest.raises(NotSealed):
        setattr(box, name, wrong)


def test_a_token_is_no_value(box: Box) -> None:
    with pytest.raises(NotSealed):
        box.words = box.text_sealed


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="sealed field"):
        SealedField(kind=int)


def test_migrations_keep_the_kind() -> None:
    _, path, _, named = Box._meta.get_field("words").deconstruct()
    assert (path, named["kind"], named["null"]) == ("holdspace.vault.seal.SealedField", "json", True)


def test_moved_to_another_row_a_token_does_not_open(box: Box, again: Again) -> None:
    other = Box.objects.create(key=box.key, text="another")
    overwrite(other, column(box))
    with pytest.raises(SealBroken):
        assert again(other).text


def test_moved_to_another_field_a_token_does_not_open(box: Box, again: Again) -> None:
    overwrite(box, column(box), "aside")
    with pytest.raises(SealBroken):
        assert again(box).aside


def test_moved_to_another_table_a_token_does_not_open(box: Box) -> None:
    lid = Lid(pk=box.pk, box=box)
    lid.note_sealed = Sealed(column(box) or b"")
    with pytest.raises(SealBroken):
        assert lid.note


def test_under_another_key_a_token_does_not_open(box: Box, practice_key: Key, again: Again) -> None:
    Box._base_manager.filter(pk=box.pk).update(key=Key.make("engagement", parent=practice_key))
    with pytest.raises(SealBroken):
        assert again(box).text


@pytest.mark.parametrize("written", [b"plain words", b"", b"\x01\x01\0\0\0\x01" + bytes(300)])
def test_whatever_else_stands_in_the_column_does_not_open(box: Box, written: bytes, again: Again) -> None:
    overwrite(box, written)
    with pytest.raises(SealBroken):
        assert again(box).text


def test_plain_text_in_the_column_does_not_open(box: Box, again: Again) -> None:
    if connection.vendor == "postgresql":
        overwrite(box, b"plain words")
    else:
        overwrite(box, "plain words")
    with pytest.raises(SealBroken):
        assert again(box).text


def test_an_older_token_of_the_same_place_is_a_known_limit(box: Box, again: Again) -> None:
    """Putting back a row's own older token goes unseen here; the trail and backups are what speak of it."""
    older = column(box)
    box.text = "newer"
    box.save()
    overwrite(box, older)
    assert again(box).text == "a quiet word"


def test_saving_under_another_id_is_refused(box: Box, again: Again) -> None:
    found = again(box)
    found.pk = new_id()
    found._state.adding = True
    with pytest.raises(SealBroken):
        found.save(force_insert=True)


def test_without_a_key_nothing_is_kept(stored: None) -> None:
    with pytest.raises(NoSealingKey):
        Lid.objects.create(box=Box(), note="x")


def test_after_the_key_is_destroyed_nothing_opens(box: Box, again: Again) -> None:
    assert again(box).text == "a quiet word"
    box.key.destroy(by=None, why="the work ended")
    with pytest.raises(KeyDestroyed):
        assert again(box).text
    late = again(box)
    late.text = "new words"
    with pytest.raises(KeyDestroyed):
        late.save()

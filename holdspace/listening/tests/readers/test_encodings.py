"""Whatever alphabet a file was saved in."""

import codecs

import pytest

from .spoken import heard, spoken

TEXT = "Ana: Grüß dich — “wie” war’s?\nBen: Schön, aber müde.\nAna: Ach so.\n"
TURNS = [("Ana", "Grüß dich — “wie” war’s?"), ("Ben", "Schön, aber müde."), ("Ana", "Ach so.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_western_text(encoding: str) -> None:
    assert spoken(TEXT.encode(encoding)) == TURNS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b""])
def test_line_ends_and_marks(end: str, mark: bytes) -> None:
    assert spoken(mark + TEXT.replace("\n", end).encode()) == TURNS


RUSSIAN = "Анна: Добрый день, как прошла неделя?\nБен: Хорошо, я поговорил с начальником.\nАнна: Расскажите.\n"
OLDER = {
    "cp1251": RUSSIAN,
    "koi8_r": RUSSIAN,
    "cp1250": "Ana: Dzień dobry, chciałabym porozmawiać.\nBen: Świetnie, będę słuchać.\nAna: Zażółć gęślą jaźń.\n",
    "cp1255": "אנה: שלום, איך היה השבוע?\nבן: טוב, דיברתי עם המנהל שלי.\nאנה: ספר לי.\n",
    "shift_jis": "田中: おはようございます。新しい仕事についてですね。\n鈴木: はい、よろしくお願いします。\n",
    "gb18030": "安娜: 你好，这周过得怎么样？\n本: 很好，我和经理谈过了。\n安娜: 说来听听。\n",
    "big5": "安娜: 你好，這週過得怎麼樣？\n本: 很好，我和經理談過了。\n安娜: 說來聽聽。\n",
    "euc_kr": "안나: 안녕하세요, 이번 주는 어땠나요?\n벤: 좋았어요, 매니저와 이야기했어요.\n",
}


@pytest.mark.parametrize("encoding", OLDER)
def test_older_encodings_are_guessed_and_told(encoding: str) -> None:
    text = OLDER[encoding] * 3
    read = heard(text.encode(encoding))
    assert [(turn.speaker, turn.text) for turn in read.turns] == spoken(text)
    assert "not in UTF-8" in read.notes[0]


def test_utf_16_without_a_mark_in_other_alphabets() -> None:
    for text in (OLDER["cp1251"], OLDER["gb18030"]):
        assert spoken(text.encode("utf-16-le")) == spoken(text.encode("utf-16-be")) == spoken(text)


def test_a_file_cut_within_a_letter_is_read_and_told() -> None:
    read = heard((TEXT + "Ben: tschüß").encode()[:-1])
    assert read.turns[-1].text == "tschü\ufffd"
    assert "damaged" in read.notes[0]


def test_english_with_curly_quotes_from_windows() -> None:
    text = "Ana: I’d say it’s “sort of” fine…\nBen: OK – yes.\n"
    assert spoken(text.encode("cp1252"))[0] == (
        "Ana",
        "I’d say it’s “sort of” fine…",
    )


def test_a_letter_that_was_lost_before_is_no_damage() -> None:
    read = heard("Ana: caf\ufffd.\nBen: Yes.\n")
    assert (read.turns[0].text, read.notes) == ("caf\ufffd.", ())


def test_invisible_marks_are_gone() -> None:
    assert spoken("\u200eAna\u200f: He\u200bllo.\u2028So.\nBen: Hi.\n") == [("Ana", "Hello. So."), ("Ben", "Hi.")]

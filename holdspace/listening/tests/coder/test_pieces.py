"""Word pieces as the published tokenizer spells them.

The numbers were printed once by `tokenizers` 0.23.3 (BertWordPieceTokenizer, lower case, no special pieces) from the
vocabulary of all-MiniLM-L6-v2, after curly quotation marks were made plain. On all 5,857 different turns of AnnoMI's
open part that tokenizer and ours gave the same pieces too.
"""

import pytest

from holdspace.listening.coder import careful

SPELLED: tuple[tuple[str, list[int]], ...] = (
    ("What would help?", [2054, 2052, 2393, 1029]),
    ("I don't know, time.", [1045, 2123, 1005, 1056, 2113, 1010, 2051, 1012]),
    ("Caf\u00e9, d\u00e9j\u00e0-vu\u200b!", [7668, 1010, 2139, 3900, 1011, 24728, 999]),
    ("Ünäsked, naïve résumé (v2.1)", [14477, 17140, 2094, 1010, 15743, 13746, 1006, 1058, 2475, 1012, 1015, 1007]),
    ("  tabs\tand\nlines  ", [21628, 2015, 1998, 3210]),
    (
        "unbelievably antidisestablishmentarianism",
        [4895, 8671, 2666, 3567, 6321, 3424, 10521, 4355, 7875, 13602, 3672, 12199, 2964],
    ),
    ("re-apply — or not…", [2128, 1011, 6611, 1517, 2030, 2025, 1529]),
    ("£45,000 a year; 50% more", [1069, 19961, 1010, 2199, 1037, 2095, 1025, 2753, 1003, 2062]),
    ("中文 and English", [1746, 1861, 1998, 2394]),
    ("İstanbul, Straße, ΑΘΗΝΑ", [9960, 1010, 2358, 27807, 1010, 1155, 29725, 24824, 16177, 14608]),
    ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", [100]),
    ("so-so/so_so @home #1", [2061, 1011, 2061, 1013, 2061, 1035, 2061, 1030, 2188, 1001, 1015]),
    ("He said “go” and ‘stay’", [2002, 2056, 1000, 2175, 1000, 1998, 1005, 2994, 1005]),
    ("😀 smile", [100, 2868]),
    ("ﬁne", [1984, 2638]),
    ("a\u0301 b\u00a0c", [1037, 1038, 1039]),
    ("don’t can't won`t", [2123, 1005, 1056, 2064, 1005, 1056, 2180, 1036, 1056]),
    ("e.g. 3.14 1,000", [1041, 1012, 1043, 1012, 1017, 1012, 2403, 1015, 1010, 2199]),
    ("Ωmega кофе", [1179, 4168, 3654, 1189, 14150, 29749, 15290]),
    ("mm-hmm, uh-huh", [3461, 1011, 17012, 1010, 7910, 1011, 9616]),
    ("\u2028line", [2240]),
    ("a\u0000b\ufffdc", [5925]),
)


@pytest.mark.parametrize(("text", "pieces"), SPELLED)
def test_words_are_spelled_as_the_published_tokenizer_spells_them(text: str, pieces: list[int]) -> None:
    reader = careful.load_reader()
    assert reader is not None
    assert reader.client.pieces.of(text) == pieces

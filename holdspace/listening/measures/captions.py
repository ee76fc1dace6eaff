"""What each measure is called, what it counts, what it must admit and where that is known from."""

from dataclasses import dataclass

ANNOMI = (
    "AnnoMI (Wu et al. 2023, Future Internet 15:110): 133 acted demonstrations of motivational interviewing about "
    "health, 110 rated good and 23 poor; medians computed by Holdspace"
)
OWN = "Counted by Holdspace from the words and stamps of this transcript"
PAUSES = "Templeton et al. 2022, PNAS 119(4), on fast replies and connection; AnnoMI does not carry pauses"

CODER = "Corrected for the coder's own errors."
NO_MARK = "No pass mark."


@dataclass(frozen=True, slots=True)
class Caption:
    """The words that go with one measure."""

    label: str
    unit: str
    caveat: str
    source: str


def _demo(good: str, poor: str) -> str:
    return f"In demonstration sessions about health rated good the median was {good}, in those rated poor {poor}."


CAPTIONS = {
    "input_share": Caption(
        "Coach turns that inform or advise",
        "share",
        f"{_demo('.11', '.50')} {NO_MARK} Career clients do need information: ask first, do not chase zero. {CODER}",
        ANNOMI,
    ),
    "advice_share": Caption(
        "Coach turns that advise",
        "share",
        f"{_demo('.00', '.21')} {NO_MARK} Advice is hard to tell from information. {CODER}",
        ANNOMI,
    ),
    "reflection_share": Caption(
        "Coach turns that reflect",
        "share",
        f"{_demo('.31', '.00')} {NO_MARK} People agree only moderately on what is a reflection. {CODER}",
        ANNOMI,
    ),
    "reflections": Caption(
        "Turns with a reflection",
        "turns",
        f"An estimate for the whole session; the count beside it is what was found. {CODER}",
        ANNOMI,
    ),
    "questions": Caption(
        "Turns with a question",
        "turns",
        f"An estimate for the whole session; the count beside it is what was found. {CODER}",
        ANNOMI,
    ),
    "reflections_per_question": Caption(
        "Reflections for each question",
        "ratio",
        f"{_demo('1.00', '.27')} {NO_MARK} Only half of the good ones reach one for one, and asking nothing makes the "
        f"ratio soar: read it beside the two counts. {CODER}",
        ANNOMI,
    ),
    "reflection_after_reluctance": Caption(
        "Reluctance met with a reflection",
        "share",
        f"{_demo('40%', '10%')} {NO_MARK} Which lines are reluctant is the coder's reading, and people themselves "
        f"agree on it only moderately; that part is not corrected. {CODER}",
        ANNOMI,
    ),
    "input_after_reluctance": Caption(
        "Reluctance met with information or advice",
        "share",
        f"{_demo('10%', '60%')} {NO_MARK} Which lines are reluctant is the coder's reading, and people themselves "
        f"agree on it only moderately; that part is not corrected. {CODER}",
        ANNOMI,
    ),
    "open_share": Caption(
        "Questions that are open",
        "share",
        "A matter of style, not a grade: it does not tell good demonstration sessions from poor ones "
        f"(medians .60 and .52, AUC .51). {CODER}",
        ANNOMI,
    ),
    "stacked_per_10": Caption(
        "Turns with stacked questions, for every 10 coach turns",
        "per 10 turns",
        "Two or more questions in one turn, before any answer. A matter of style; nobody has measured what it does, "
        "nor how often the coder miscounts it.",
        OWN,
    ),
    "words_per_coach_turn": Caption(
        "Words in a coach turn",
        "words",
        f"The middle one of all coach turns. {_demo('17', '29')} {NO_MARK} Where speakers' lines are cut differently, "
        "turns come out longer or shorter.",
        ANNOMI,
    ),
    "words_per_client_turn": Caption(
        "Words in a client turn",
        "words",
        "The middle one of all client turns. How long a client speaks depends on the client and the topic too.",
        OWN,
    ),
    "coach_word_share": Caption(
        "The coach's share of the words",
        "share",
        f"{_demo('.54', '.64')} {NO_MARK} The interval says how much it would vary if the exchanges fell otherwise.",
        ANNOMI,
    ),
    "longest_coach_turn": Caption("Longest coach turn", "words", "One turn only, so it has no interval.", OWN),
    "longest_client_turn": Caption("Longest client turn", "words", "One turn only, so it has no interval.", OWN),
    "gap_after_question": Caption(
        "Time until the client answers a question",
        "seconds",
        "The middle one; below 0 the client began before the question ended. Never scored: fast answers can mean "
        "connection, slow ones thought.",
        PAUSES,
    ),
    "long_gap_share": Caption(
        "Questions followed by 3 seconds or more",
        "share",
        "Never scored: fast answers can mean connection, slow ones thought.",
        PAUSES,
    ),
}

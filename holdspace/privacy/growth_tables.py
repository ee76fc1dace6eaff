"""The tables of the room growth."""

from .holdings import BOTH, LIFE, MACHINERY, Fate, Holding

GROWTH: tuple[Holding, ...] = (
    Holding(
        "growth.Commitment",
        title="Promises",
        whose=BOTH,
        why="What the two promised each other, by when, and what became of it.",
        kept=f"{LIFE}; what came out of a transcript only while both consent to that",
        fate=Fate.GONE,
        given="id engagement owner action due_on if_then proposed_by serves made_in mark outlived_at made_by made_at "
        "edited_at accepted_at declined_at kept_at kept_on dropped_at owned released_at stuck_at got_in_the_way "
        "wants_help",
        engagement="engagement",
        practice="engagement__practice",
    ),
    Holding(
        "growth.Move",
        title="Wishes for another day",
        whose=BOTH,
        why="Who asked to move a promise to which day, and what the other answered.",
        kept="as long as its promise",
        fate=Fate.GONE,
        given="id commitment from_day to_day asked_by asked_at asked_on agreed_at declined_at withdrawn_at",
        engagement="commitment__engagement",
        practice="commitment__engagement__practice",
    ),
    Holding(
        "growth.Step",
        title="Steps of a promise",
        whose=BOTH,
        why="Smaller parts of a promise, ticked off one by one.",
        kept="as long as its promise",
        fate=Fate.GONE,
        given="id commitment action made_at done_at",
        engagement="commitment__engagement",
        practice="commitment__engagement__practice",
    ),
    Holding(
        "growth.Reminder",
        title="Reminders of promises",
        whose=BOTH,
        why="On which days whoever promised is reminded.",
        kept="as long as its promise",
        fate=Fate.GONE,
        given="id commitment day done_at",
        left="due_at leased_until fence tries given_up_at trouble",
        why_left=MACHINERY,
        engagement="commitment__engagement",
        practice="commitment__engagement__practice",
    ),
)

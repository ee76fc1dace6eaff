"""The tables of words between sessions, and of how mail comes."""

from .holdings import Fate, Holding

LIFE = "as long as the engagement is kept"

MAIL: tuple[Holding, ...] = (
    Holding(
        "letters.Wish",
        title="How mail comes",
        whose="the person",
        why="What somebody lets their mail carry, and how often they want it.",
        kept="until the person chooses otherwise",
        fate=Fate.GONE,
        given="id person words_since daily_at made_at",
        person="person",
        anew="id person words_since daily_at made_at",
    ),
    Holding(
        "letters.Returned",
        title="Mail that came back",
        whose="the person whose address it is",
        why="So that nothing more is sent to an address that takes no mail.",
        kept="until the address is changed, or said to work again",
        fate=Fate.GONE,
        given="id person address status at",
        person="person",
        anew="id person address status at",
    ),
)

WORDS: tuple[Holding, ...] = (
    Holding(
        "threads.Message",
        title="Messages",
        whose="the client and the coach",
        why="What the two write to each other between sessions.",
        kept=f"{LIFE}; the words of one that was taken back are gone at once",
        fate=Fate.GONE,
        given="id engagement writer words by_mail written_at goes_at edited_at taken_back_at settled_at",
        left="first_read_at",
        why_left="When somebody first opened what was written to them is their own affair.",
        engagement="engagement",
        practice="engagement__practice",
    ),
    Holding(
        "threads.Draft",
        title="Drafts",
        whose="the writer",
        why="So that nothing is lost of what somebody has begun to write; nobody else reads it.",
        kept="until it is sent or let go",
        fate=Fate.GONE,
        given="id engagement writer words saved_at",
        engagement="engagement",
        person="writer",
        practice="engagement__practice",
    ),
    Holding(
        "threads.Attachment",
        title="Files",
        whose="the client and the coach; with a draft, the writer",
        why="What was sent along with a message.",
        kept="as long as the message or draft it goes with",
        fate=Fate.GONE,
        given="id engagement message draft name kind size",
        as_file="content",
        engagement="engagement",
        person="draft__writer",
        practice="engagement__practice",
    ),
    Holding(
        "threads.ReplyAddress",
        title="Reply addresses",
        whose="the person who answers to it",
        why="So that an answer by mail reaches its thread, and nobody else can write there.",
        kept=LIFE,
        fate=Fate.GONE,
        given="id engagement person made_at revoked_at",
        left="digest token",
        why_left="It opens a thread to whoever writes from that person's address, so it stands in the letters alone.",
        engagement="engagement",
        person="person",
        anew="id engagement person digest token made_at revoked_at",
    ),
)

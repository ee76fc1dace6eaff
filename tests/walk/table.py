"""The one input of the walk: who may ever see which private cell, and who may ever change which row.

A relation is how a person stands to the row: `self`, `coach` (while seated), `client`, `invited` (asked to be a client,
and not answered yet), `seated` in the practice, `owner` of it, `opener` (an owner with a live opening), `their client`
(of the coach whose cell it is), `next coach` (whom the client asked to go on with), `handed notes` and its like (that
coach, once the two work together, for each kind that was released), `released to` (the mentor of a session, while the
client's yes and the agreement hold; `released notes` and `released transcript` what was there at that yes), `link`
(whoever holds a live link made for the client of that session). Other words are the row's own fields that lead to a
person.
A cell or row that is not named here is nobody's, and a private field without a line here fails the walk.
"""

CONCERN = ("words", "label", "heard", "missed", "step", "happened")
OPTION = ("words", "speaks_for", "speaks_against")

MAY_SEE: dict[str, str] = {
    # People. What a coach calls a client is the coach's own word; the client's own name stays the client's.
    "people.User.name": "self, their client, link, their owner, colleague, asked client, their next coach, "
    "coach there, their mentor",
    "people.User.email": "self",
    "people.User.timezone": "self",
    "people.User.last_login": "",
    "people.User.password": "",
    "people.Practice.name": "seated, coached there, link",
    "people.Invitation.address": "owner",
    # Working together.
    "engagements.Engagement.called": "coach, client, invited, link, opener, next coach, mentor of it",
    "engagements.Engagement.purpose": "coach, client, invited, link, opener, handed goals",
    "engagements.Engagement.rhythm": "coach, client, next coach",
    "engagements.Engagement.gains": "coach, client",
    "engagements.Pact.sections": "coach, client, link, handed dates",
    "engagements.Pact.text": "coach, client, link",
    "engagements.Pact.addressed": "coach, client",
    "engagements.Pact.off_limits": "coach, client",
    "engagements.Signature.name": "coach, client, link",
    "engagements.Sponsor.name": "coach, client",
    "engagements.Sponsor.organisation": "coach, client",
    "engagements.Sponsor.address": "coach, client",
    # Sessions. What listening made of the words is the coach's own mirror; a mark is shared by accepting it.
    "conversations.Session.title": "coach, client, opener, handed notes, released to",
    "conversations.Transcript.words": "coach, client, opener, handed transcripts, released transcript",
    "conversations.Transcript.coach_speaker": "coach, client",
    "conversations.Transcript.client_speaker": "coach, client",
    "conversations.Transcript.guess": "coach, client",
    "conversations.Transcript.heard, what was said": "coach, client, released transcript",
    "conversations.Transcript.heard, codes": "coach, released transcript",
    "conversations.Mark.text, waiting": "coach",
    "conversations.Mark.due, waiting": "coach",
    "conversations.Mark.quote, waiting": "coach",
    "conversations.Mark.text, dismissed": "coach",
    "conversations.Mark.due, dismissed": "coach",
    "conversations.Mark.quote, dismissed": "coach",
    "conversations.Mark.text, accepted": "coach, client",
    "conversations.Mark.due, accepted": "coach, client",
    "conversations.Mark.quote, accepted": "coach, client",
    # Notes are the writer's until shared; an opening opens what is shared, and its reason is for those it is about.
    "conversations.Note.text, for oneself": "writer",
    "conversations.Note.text, deleted": "writer",
    "conversations.Note.text, shared": "coach, client, opener, handed notes, released notes",
    "conversations.Opening.reason": "coach, client, owner",
    # What a coach asks about a session: the client reads it before they answer, the mentor once they said yes.
    "conversations.Release.question": "coach, client, link, reading mentor",
    # Words between sessions: held ones and drafts are the writer's, gone ones belong to both.
    "threads.Message.words, held": "writer",
    "threads.Message.words, gone": "coach, client, handed messages",
    "threads.Draft.words": "writer",
    "threads.Attachment.name, waiting": "writer",
    "threads.Attachment.content, waiting": "writer",
    "threads.Attachment.name, gone": "coach, client",
    "threads.Attachment.content, gone": "coach, client",
    "letters.Returned.address": "person",
    "threads.ReplyAddress.token": "",
    # The road. A concern is the client's alone until shared, with all under it; what the client hid is theirs alone.
    **dict.fromkeys((f"growth.Goal.{name}" for name in ("title", "why")), "coach, client, handed goals"),
    "growth.Goal.levels": "coach, client",
    "growth.Revision.levels": "coach, client",
    "growth.Milestone.words": "coach, client",
    "growth.Progress.words": "coach, client",
    "growth.Rating.said": "coach, client",
    **dict.fromkeys((f"growth.Concern.{name}, shared" for name in CONCERN), "coach, client"),
    **dict.fromkeys(
        (f"growth.Concern.{name}, shared" for name in ("words", "label")), "coach, client, handed concerns"
    ),
    **dict.fromkeys((f"growth.Concern.{name}, for oneself" for name in CONCERN), "client"),
    **dict.fromkeys((f"growth.Option.{name}, shared" for name in OPTION), "coach, client"),
    **dict.fromkeys((f"growth.Option.{name}, for oneself" for name in OPTION), "client"),
    "growth.Intensity.said, shared": "coach, client",
    "growth.Intensity.said, for oneself": "client",
    "growth.Fact.words, held": "coach, client, handed facts",
    "growth.Fact.words, hidden": "client",
    "growth.Moment.label": "coach, client",
    "growth.Moment.went": "coach, client",
    # Promises are between the two; the link in a reminder shows its own to whoever promised.
    "growth.Commitment.action": "coach, client, link, handed goals",
    "growth.Commitment.if_then": "coach, client",
    "growth.Commitment.serves": "coach, client",
    "growth.Commitment.owned": "coach, client",
    "growth.Commitment.got_in_the_way": "coach, client",
    "growth.Step.action": "coach, client",
    # What a client approved for whoever pays is theirs, the coach's, and whoever's who holds the link.
    "privacy.Window.words": "coach, client, link",
    # What an owner writes down about a breach.
    "privacy.Breach.what": "owner",
    "privacy.Breach.done": "owner",
    # Letters and receipts are on no page.
    "letters.Letter.subject": "",
    "letters.Letter.words": "",
    "letters.Letter.envelope": "",
}

NOWHERE_YET: set[str] = set()
"""Open to some, but on no page so far. Everything else has to turn up for somebody, or the walk was blind to it."""

MAY_BE_MAILED: dict[str, str] = {
    # To whom a cell's words may go by e-mail: the letters themselves, and the two names that make one polite.
    "letters.Letter.subject": "to",
    "letters.Letter.words": "to",
    "letters.Letter.envelope": "to",
    "threads.ReplyAddress.token": "person",
    "threads.Message.words, held": "wants words",
    "threads.Message.words, gone": "wants words",
    "people.Practice.name": "coached there",
    "people.User.name": "self, their client",
    "engagements.Engagement.called": "client, invited",
}

MAY_ADD: dict[str, str] = {
    "engagements.Engagement": "coach",
    "engagements.Consent": "person, link",
    "engagements.Handover": "coach",
    "engagements.Pact": "coach, client",
    "engagements.Signature": "person, link",
    "engagements.Sponsor": "coach, client",
    "engagements.PactTemplate": "seated",
    "growth.Goal": "coach, client",
    "growth.Revision": "coach, client",
    "growth.Milestone": "coach, client",
    "growth.Progress": "coach, client",
    "growth.Rating": "by",
    "growth.Concern": "coach, client",
    "growth.Option": "coach, client",
    "growth.Intensity": "client",
    "growth.Fact": "coach",
    "growth.Moment": "coach, client",
    "conversations.Session": "coach",
    "conversations.Transcript": "coach",
    "conversations.Note": "coach, client",
    "conversations.Release": "coach",
    # Promises
    "growth.Commitment": "coach, client",
    "growth.Move": "coach, client, link",
    "growth.Step": "coach, client",
    "growth.Reminder": "coach, client, link",
    "letters.Letter": "coach, client, next coach, link",
    "letters.Wish": "person",
    "threads.Message": "writer",
    "threads.Draft": "writer",
    "threads.ReplyAddress": "coach, client",
    "people.Link": "coach, client, person, link",
    "people.User": "anyone seated",
    "privacy.Breach": "owner",
    "privacy.Window": "client",
    "privacy.Request": "person",
    "usersessions.UserSession": "user",
    "vault.Key": "coach, anyone seated",
}

MAY_CHANGE: dict[str, str] = {
    "people.User": "self",
    "people.Link": "coach, client, person, link",
    "account.EmailAddress": "user, link",
    "usersessions.UserSession": "user",
    "engagements.Engagement": "coach, client, invited, link, next coach",
    "engagements.Consent": "person, link",
    "engagements.Handover": "coach, client, next coach, link",
    "engagements.Pact": "coach, client, link",
    "engagements.PactTemplate": "seated",
    "letters.Letter": "coach, client, link",
    "letters.Wish": "person",
    "threads.Message": "coach, client",
    "threads.ReplyAddress": "person",
    "threads.Draft": "writer",
    "threads.Attachment": "writer",
    "conversations.Session": "coach",
    "conversations.Transcript": "coach",
    "conversations.Mark": "coach",
    "conversations.Note": "writer",
    "conversations.Opening": "owner",
    "conversations.Release": "coach, client, link",
    "growth.Goal": "coach, client",
    "growth.Milestone": "coach, client",
    "growth.Concern": "coach, client",
    "growth.Option": "client",
    "growth.Fact": "coach, client",
    "growth.Moment": "coach, client, link",
    "growth.Commitment": "coach, client, link",
    "growth.Move": "coach, client, link",
    "growth.Step": "coach, client",
    "privacy.Breach": "owner",
    "privacy.Window": "coach, client, link",
}

MAY_REMOVE: dict[str, str] = {
    "threads.Message": "writer",
    "threads.Draft": "writer",
    "threads.Attachment": "writer",
    "letters.Returned": "person, their coach, their client",
    "engagements.Sponsor": "coach, client",
    "privacy.Window": "coach, client",
    "growth.Milestone": "coach, client",
    "growth.Progress": "written_by",
    "growth.Rating": "by",
    "growth.Option": "written_by, client",
    "growth.Intensity": "client",
    "growth.Fact": "coach, client",
    "growth.Moment": "coach, client",
    "people.Link": "coach, client",
    "engagements.PactTemplate": "seated",
    # Taking a consent back, by either of the two or by link, takes all that came of it.
    "conversations.Transcript": "coach, client, link",
    "conversations.Mark": "coach, client, link",
    "growth.Concern": "coach, client, link",
    # Promises: taken away again by whoever wrote one by mistake, or gone with the consent it came from.
    "growth.Commitment": "coach, client, link",
    "growth.Move": "coach, client, link",
    "growth.Step": "coach, client, link",
    "growth.Reminder": "coach, client, link",
    "letters.Letter": "coach, client, link",
    "account.EmailAddress": "user",
    "usersessions.UserSession": "user",
}

HOUSEKEEPING = {"vault.Trace", "vault.Head", "sessions.Session"}
"""Rows that any request may leave behind: the trail, its end, and a visitor's own session."""

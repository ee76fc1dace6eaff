"""The deeds people promise between sessions, and the talk that only sounds like them."""

import re

SOMEONE = r"(?:him|her|them|[a-z]+(?:'s)?\ ?)"
NOT_YOU = r"(?!(?:to\ |with\ )?(?:you|myself|about)\b)"
DOC = (
    r"(?:list|link|article|template|worksheet|form|recording|notes?|summary|recap|slides?|book|chapter|paper|podcast|video|"
    r"document|doc|file|folder|contact|details|address|number|name|names|invite|example\ cv|resource|resources|exercise|"
    r"questionnaire|sheet|reading|draft|report|calendar|schedule|plan)"
)
OWN = r"(?:my|the|your|our|a|an|that|this|it|them|some|two|three|four|five|\d+|his|her|their|each|every|all|both|one)"

STRONG = re.compile(
    rf"""(?:
      (?:send|sending|e-?mail|emailing|mail|forward|text|message|ping|resend|re-send)(?:ing)?\ (?!mixed|a\ signal)\w+
    | (?:upload|attach|scan|print|sign|submit|hand\ in|submitting)\ {OWN}\b
    | get\ back\ to\ (?!that|this|it|the|what|where|work|a\b)\w+
    | (?:get|be)\ in\ touch\b
    | reach\ out\b | follow\ up\b | circle\ back\ (?:to|with)\ (?:you|him|her|them)
    | (?:check\ in|touch\ base)\ with\ (?!you\b(?!.*\b(?:on|by|before|next|tomorrow|week)\b))\w+
    | introduce\ (?:you|him|her|them)\ to\b | put\ you\ in\ touch\b | connect\ you\ (?:with|to)\b
    | (?:draft|revise|rewrite|redo|proofread|update|finalise|finalize|polish|edit|shorten|reformat|tidy)(?:\ up)?\ {OWN}\b
    | (?:draft|revise|rewrite|update)\ (?!you)\w+
    | (?:look|looking)\ (?:into|up)\b(?!\ (?:you|it\ as))
    | (?:put|putting)\ (?:together|in)\ {OWN}\b | (?:put|pop)\ (?:it|that|this|them|him|her)\ in\ (?:the|my|your|our)\ (?:calendar|diary|post|mail)
    | (?:sign|signing)\ up\b(?!\ to\ (?:be|feel)) | register\b | enrol+\b | (?:apply|applying)\ (?:for|to|at|there|online|before|by|this|on)\b
    | (?:book|booking|reserve|schedule|reschedule|arrange|cancel|order|chase|confirm|organise|organize)(?:\ up)?\ (?!myself)\w+
    | (?:set|setting)\ (?:up|aside)\ \w+ | set\ (?:a|an|my|the)\ (?:reminder|alarm|timer|date|time)
    | (?:block|blocking)\ (?:out\ |off\ )?(?!it\ out|that\ out|them\ out)(?:{OWN}|time|an\ hour)\b
    | (?:contact|contacting|ring|phone)\ (?!true|a\ bell)\w+
    | (?:call|calling)\ (?!it|this|that|you\ out|you\ on\ that|off|myself|out|a\ spade)\w+
    | (?:give|giving)\ (?:you|him|her|them|my|the|[a-z]+)\ (?:\w+\ )?(?:a\ (?:call|ring|shout)|notice)
    | drop\ {SOMEONE}(?:\w+\ )?a\ (?:line|note|mail|e-?mail|message|text)
    | (?:speak|talk|talking|speaking)\ (?:to|with)\ (?!you|myself|us|that|this|it|people\ like|the\ part|whoever)\w+
    | have\ (?:a|the|that)\ (?:chat|talk|conversation|word|call)\ with\ (?!you\b)\w+
    | (?:ask|asking)\ (?!you|a\b|it|that|this|the\ question|again|questions?|myself|one|another|about|some|something|what|why|how|for\ your\ (?:first|gut)|me\b)\w+
    | tell\ (?:my|the|our|your\ (?:sponsor|employer|manager)|his|[a-z]+)\ (?:boss|manager|wife|husband|partner|parents?|team|sponsor|employer|landlord|supervisor|director|lead|recruiter|mentor|mother|father|mum|mom|dad)\b
    | let\ (?!me\b|us\b)(?:you|him|her|them|my\ \w+|[a-z]+)\ know\b(?!\ that\ (?:i|it's|this)\b)
    | (?:find|finding)\ out\b
    | (?:finish|complete|fill\ (?:in|out))(?:\ (?:off|up))?\ (?!with|by|my\ (?:sentence|thought|point)|that\ (?:thought|sentence)|your\ sentence)\w+
    | write\ (?:to|back\ to)\ (?!you\ down)\w+ | write\ (?:my|a|an|the|you|up|him|her|them|two|three|four|five|one|\d+|another|some|out)\b(?!\ (?:it|that|this)\ down)
    | write\ down\ (?!that\b|this\b|what\ you|it\b|your)\w+
    | (?:list|jot\ down|note\ down)\ (?:my|three|two|four|five|ten|\d+|all\ (?:the|my)|every|the\ (?:things|times|skills|people|reasons|moments))\b
    | (?:prepare|practi[sc]e|practicing|practising|rehearse|role-?play)\ (?:my|the|it|that|three|two|some|for|with|answers?|a|an|saying|what|this)\b
    | (?:bring|bringing)\ (?!us|you|it\ back|that\ back|this\ back|up|back|it\ up|that\ up|this\ up|it\ to\ a\ close|in\ the)\w+
    | keep\ (?:a|my|the|that)\ (?:\w+\ )?(?:journal|log|diary|list|record|note|tally|notebook)\b | keep\ track\b
    | (?:read|reading)\ (?:through|over|up\ on|the\ (?:\w+\ )?(?:{DOC}|brief|advert|ad|policy|guide)|your\ \w+|my\ \w+|a\ (?:book|chapter|page)|chapter|it\ (?:through|tonight|tomorrow|this|by|before|over))\b(?!\ (?:\w+\ )*(?:back|aloud|out))
    | share\ (?:it|them|that|this|the\ \w+|my\ \w+|your\ \w+)\ with\ \w+ | share\ (?:the|that|a|my|our)\ (?:\w+\ )?{DOC}\b
    | make\ (?:a|the|that|my|an|some)\ (?:\w+\ )?(?:call|calls|list|appointment|spreadsheet|draft|plan|copy|booking|payment|schedule|timetable|table)\b
    | get\ (?:it|that|them|this|the\ \w+(?:\ \w+)?|my\ \w+|those)\ (?:to\ you|over\ to|done|sent|ready|finished|in\ by|across\ to|off\ to)\b
    | get\ (?:you|him|her|them)\ (?:the|that|a|those|an|some|my|our)\b | get\ hold\ of\b
    | have\ (?:\w+\ ){{1,6}}(?:ready|done|finished|written|drafted|sent|booked|for\ you)\b
    | (?:have|take)\ a\ (?:proper\ |good\ |quick\ |closer\ )?look\ (?:at|through|over|into)\b(?!\ (?:that|this|it)\ (?:now|together|in\ a))
    | run\ (?:it|this|that|them|the\ \w+)\ (?:by|past)\ (?!you\b)\w+
    | (?:visit|attend)\ \w+ | join\ (?:the|a|that|their|my)\b
    | (?:reply|respond)(?:\ to\ (?!that|this|what)\w+|\ (?:by|within|before|today|tomorrow|tonight|in)\b)
    | answer\ (?:her|his|their|the|your|my)\ (?:e-?mails?|mails?|letters?|messages?)
    | (?:move|push|shift|change|swap)\ (?:our|the|my|that|this)\ (?:session|appointment|meeting|call|interview|slot|time)s?\b
    | do\ (?:some|a\ bit\ of|a\ little|my|the)\ (?:\w+\ )?(?:checking|research|digging|reading|asking|homework|networking|paperwork) | (?:ask|check|call)\ around\b
    | make\ (?:the|some|those|a\ few)\ (?:\w+\ )?(?:inquir|enquir|arrangement)\w+
    | research\ \w+ | look\ (?:for|through|over)\ (?!a\ moment|that\ feeling|something\ like)\w+ | (?:invite|remind)\ (?!myself\ that|ourselves|us)\w+
    | hand\ (?:it|them|that|the\ \w+|my\ \w+)\ (?:in|over)\b | pay\ (?:the|for|my|it|that)\b(?!\ price) | (?:buy|download|install)\ (?:a|an|the|some|that|this|my|one|two)\b
    )""",
    re.VERBOSE,
)
WITH_A_DATE = re.compile(
    rf"""(?:
      (?:do|doing|try|start|begin|use|test|review|check|look\ at|think\ (?:about|over|through)|decide|(?:choose|pick)\ (?!you|him|her|it\ up|up)|let\ me\ know|plan|work\ on|go\ (?:to|through|over|and|for)
        |write|read|tell|give|post|record|share|take|make|put|prepare|practi[sc]e|clear|sort\ out|add|cut|meet|meeting|see|finish|answer|collect|watch|listen\ to|spend|walk|track|reply|be\ there|call|ask|show|run|list|tidy|get)\b
    )""",
    re.VERBOSE,
)
WEAKER = re.compile(
    rf"""(?:
      (?:check|ask\ around|review)\ (?:with|whether|if|the|my|your|what\ the|when\ the|how\ much)\b
    | (?:try|do)\ (?:the|that|this|your|my|a|one)\ (?:\w+\ )?(?:exercise|worksheet|technique|breathing|test|questionnaire|course|homework|assignment|experiment|practice|thing\ you)\b
    | give\ (?:it|that|this)\ a\ (?:try|go|shot)\b
    | work\ on\ (?:my|the|that|your)\ (?:cv|resume|résumé|portfolio|pitch|letter|cover|application|profile|draft|slides|answers?|list)\b
    | start\ (?:applying|looking|writing|drafting|preparing|calling|reaching|networking|practising|practicing|searching)\b
    | go\ (?:through|over)\ (?:my|your|the)\ (?:cv|resume|résumé|portfolio|letter|cover|application|notes|list|draft|contract|feedback)\b
    | (?:sort|work|figure)\ out\ (?:the|my|when|a)\b
    | (?:post|add|record)\ (?:it|my|the|a)\b | make\ (?:the|some|a\ bit\ of|more)\ time\b
    | think\ (?:about\ it|it\ over)\ and\b | watch\ (?:the|that)\ (?:video|talk|recording)\b
    )""",
    re.VERBOSE,
)
INSIDE = re.compile(
    r"""^(?:
      (?:share|give|tell|show|offer|read|ask|say|write|put|check|note|start|begin|start\ off|take|bring|make|use|try|go|get|list|add|look|do|run|see)\b
        .{0,60}?\b(?:my\ screen|an?\ (?:observation|thought|example|minute|moment|second|metaphor|image|hunch)|out\ loud|aloud
        |right\ now|for\ now|in\ a\ (?:moment|minute|second|sec)|real\ quick|one\ more\ time|that\ down|this\ down|it\ down|differently|another\ way|first\ then)\b
    | (?:read|say|play|reflect|mirror|repeat|give|hand)\b.{0,40}\bback\b(?!\ (?:by|on|before|next|tomorrow))
    | (?:start|begin|finish|end|open|close)\ (?:with|by|off)\b
    | (?:bring|take)\ (?:us|you|that|this|it)\ (?:back|as)\b
    | (?:try|see)\ to\ (?:say|explain|remember|summari[sz]e|reflect|understand|be|put|stay|keep)
    | (?:make|take)\ (?:a\ )?(?:note|mistake|fool|sense)\b
    | (?:put|say|phrase|frame|word|rephrase)\ (?:it|that|this)\b(?!\ (?:in\ (?:the|my|your)\ (?:calendar|diary|post|mail)|together))
    | take\ (?:what|that|it|this)\b | get\ (?:a\ job|there|it\ right|used|fired|stuck|lost|old|over|nervous|better|worse|through)\b
    | (?:do|try)\ (?:my|our)\ best | do\ (?:fine|well|ok|okay|badly|great|anything|everything|whatever|something\ like)\b | see\ (?:you|what|how|if|where|about)\b
    | give\ (?:up|in|myself|you\ (?:that|credit|a\ (?:minute|moment|second|hint|clue|bit|sense|chance)|an\ example|the\ (?:floor|short|gist))|it\ to\ you\ straight)\b
    | (?:tell|ask|show|remind|walk|talk|guide|take)\ (?:you|us)\b(?!\ (?:how\ it\ went|on\ (?:mon|tues|wednes|thurs|fri)day|next\ (?:time|week|session)))
    | share\ (?:something|what|a\ (?:thought|story|bit)|an\ |some\ (?:thoughts|observations)|with\ you\ (?:something|what|a))\b
    | think\ of\b | (?:look|sound|seem|appear|feel|be|become|stay|remain|have\ to|need|want|lose|fail|end\ up|wake|die|quit\b.*\bone\ day)\b(?!\ (?:at|into|up|for|through|over|in\ touch|there|the\ \w+\ ready))
    | let\ you\ (?:go|think|sit|talk|finish|speak|decide|off|in)\b
    | (?:call|text|message)\ (?:a|the)\ (?:spade|shots)
    )""",
    re.VERBOSE,
)
ANSWERING = re.compile(
    r"(?:i'll|i\ will|i'm\ gonna|i'm\ going\ to|will|can)?\ ?do\ (?:that|it|so|this|both|them)\b", re.VERBOSE
)


def deed(low: str, begin: int, end: int, dated: bool) -> float | None:
    """How sure the words from `begin` name a deed somebody could do after the session, in 0..1; None if they do not.

    A `dated` deed may be of a vaguer kind ("do it tonight").
    """
    words = low[begin:end]
    if INSIDE.match(words):
        return None
    if STRONG.match(words):
        return 0.9
    if WEAKER.match(words):
        return 0.78
    if dated and WITH_A_DATE.match(words):
        return 0.82
    return None

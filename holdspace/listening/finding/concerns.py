"""Fears and doubts of a client, in the client's own words: "what if I'm not good enough"."""

import re
from collections.abc import Iterator

from holdspace.listening.values import CodedTurn, Suggestion

from .clauses import Sentence, clause_end, sentences
from .promises import LEAST, trimmed

VERY = r"(?:(?:\w+ly|so|very|just|still|also|always|pretty|kind\ of|sort\ of|kinda|a\ bit|a\ little|quite|too|rather|more|most|now|actually|honestly|even|all)\ ){0,3}"
AM = rf"(?:i'm|i\ am|im|i\ feel|i'm\ feeling|i've\ been|i\ get|i\ got|makes\ me|made\ me|i\ feel\ like\ i'm)\ {VERY}"
FEARFUL = r"(?:afraid|scared|terrified|frightened|petrified|worried|concerned|anxious|nervous|panicky|panicking|apprehensive|ashamed|embarrassed|overwhelmed|intimidated|desperate)"
BAD = (
    r"(?:n't|\bnot\b|fail|wrong|reject|mess|lose|losing|hate|laugh|find\ out|worse|worst|regret|too\ (?:old|late|young|slow|much)|never|no\ one|nobody|stuck"
    r"|\bbad|mistake|stupid|terrible|awful|freeze|say\ no|says\ no|fired|rejected|disappoint|let\ (?:\w+\ )?down|burn|break|worthless|fraud|alone|broke|run\ out|fall\ apart|end\ up|blank)"
)
PAST = r"(?:wait|remember|recall|find|hear|see\ (?:you|the\ screen|it|that|your)|make\ (?:it\ on|it\ to|mon|tues|wednes|thurs|fri|the)|do\ (?:mon|tues|wednes|thurs|fri|mornings|evenings|next)|complain|think\ of\ (?:any|the)|say\ (?:for|the)|hear|talk\ (?:now|today|on)|come\ (?:on|next))"

READY = (
    r"(?:(?:really\ |quite\ |even\ |actually\ |just\ |that\ |very\ |ever\ |going\ to\ be\ |gonna\ be\ )?"
    r"(?:good|ready|smart|clever|qualified|experienced|cut\ out|able|strong|brave|right|the\ right|the\ kind|the\ type|the\ person|capable"
    r"|confident|comfortable|enough|made\ for|worth|up\ to|(?:doing|making)\ the\ right|(?:going\ to|gonna)\ (?:make|get|be\ able|pass|manage|find|cope|survive|fit|succeed))\b)"
)
I_CAN = (
    r"(?:i\ (?:\w+ly\ |even\ |ever\ )?(?:can|could|should\ (?:stay|leave|go|quit|apply|take)|deserve|belong|fit|have\ (?:what|it\ in|the|enough|time|any)|will\ (?:ever|be\ able|make|manage|find|get|cope))\b"
    rf"|i'll\ (?:ever|be\ able|make|manage|find|get|pass|cope|have\ (?:the|enough))\b|i'd\ (?:ever|be\ able|be\ good|make|manage|get|pass|cope|fit|survive)\b|(?:i'm|i\ am)\ {READY}|i've\ got\ (?:what|it|the|enough))"
)

PATTERNS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (p, re.compile(pattern, re.VERBOSE))
    for p, pattern in (
        (
            0.93,
            rf"\b{AM}{FEARFUL}\b(?!\ (?:so|not|i\ (?:have\ to\ (?:go|leave|stop)|can't\ (?:make|do\ (?:mon|tues|wed|thurs|fri)|come|hear)|missed|forgot|didn't|don't\ have\ (?:time|the|any)|need\ to\ go))\b)",
        ),
        (
            0.93,
            r"\b(?:my|the|our)\ (?:\w+\ )?(?:fear|worry|concern|doubt|nightmare|anxiety|insecurity)\ (?:is|was\ always|about|of|that|here)\b",
        ),
        (
            0.93,
            r"\b(?:i\ (?:always\ |do\ |really\ |just\ |still\ |also\ |constantly\ )?(?:worry|fear|dread)|i'm\ (?:\w+\ )?dreading|i've\ been\ dreading)\b",
        ),
        (
            0.92,
            r"\bwhat\ (?:really\ |actually\ )?(?:scares|worries|frightens|terrifies|bothers|stops|holds)\ me\b|\b(?:it|that|this|which|the\ \w+)\ (?:\w+ly\ |just\ |still\ |kind\ of\ )?(?:scares|worries|frightens|terrifies|haunts)\ me\b",
        ),
        (
            0.90,
            rf"\bwhat\ if\ (?:i|i'm|it|it's|they|they're|we|he|she|my|nobody|no\ one|that|there|the|everyone|people|all)\b(?=.{{0,60}}{BAD})",
        ),
        (
            0.90,
            r"\bi\ (?:just\ |really\ |honestly\ |still\ )?(?:don't|do\ not|didn't)\ (?:really\ |even\ |honestly\ |actually\ )?(?:think|believe|feel\ like)\ (?:that\ )?"
            + I_CAN
            + r"(?!\ "
            + PAST
            + r")",
        ),
        (
            0.88,
            r"\b(?:i'm|i\ am|im|i\ was\ never|i've\ never\ been|i\ feel)\ (?:just\ |really\ |simply\ |probably\ |maybe\ |honestly\ |still\ )?(?:not|never)\ (?:\w+\ )?(?:good|smart|clever|qualified|experienced|ready|confident|cut\ out|strong|brave|enough|able\ to|worth|capable|convinced|made\ for)\b",
        ),
        (
            0.86,
            r"\bi'?\ ?a?m\ (?:really\ |just\ |still\ )?not\ (?:so\ |really\ |at\ all\ |even\ )?(?:sure|certain|convinced)\ (?:that\ |if\ |whether\ )?(?:"
            + I_CAN
            + r"|it's\ (?:right|worth|for\ me)\b|this\ is\ (?:right|for\ me|worth)\b)(?!\ "
            + PAST
            + r")",
        ),
        (
            0.88,
            r"\bi\ (?:really\ |seriously\ |always\ |often\ |sometimes\ |do\ |just\ )?doubt\ (?:myself|that\ i|i|i'll|i'm|if\ i|whether\ i|my)\b",
        ),
        (
            0.88,
            r"\b(?:i\ (?:just\ |really\ |simply\ |still\ )?)(?:can't|cannot|couldn't)\ (?:really\ |even\ |just\ )?(?:see\ myself|cope|handle|face|bring\ myself|get\ myself\ to|imagine\ (?:myself|anyone)|stop\ (?:worrying|thinking|comparing|doubting|second)|keep\ (?:doing|going|up)|do\ this\ (?:any|again|forever)|afford\ to\ (?:lose|fail|quit|leave|be)|shake|trust\ myself|sleep)\b",
        ),
        (
            0.86,
            r"\bi\ (?:just\ |always\ |still\ |also\ )?keep\ (?:on\ )?(?:putting|procrastinating|avoiding|delaying|second-?\ ?guessing|comparing|freezing|going\ (?:round|around|back\ and\ forth)|doubting|worrying|thinking\ (?:i'm|that\ i|they|what\ if)|telling\ myself|making\ excuses|finding\ (?:excuses|reasons)|apologi[sz]ing|hiding|failing|getting\ (?:rejected|stuck))\b",
        ),
        (
            0.87,
            r"\b(?:i|and\ i|then\ i)\ (?:just\ |always\ |completely\ |totally\ )?(?:freeze|panic|procrastinate|go\ blank|shut\ down|fall\ apart|chicken\ out|talk\ myself\ out)\b|\bmy\ mind\ (?:just\ )?goes\ blank\b|\bkeeps?\ me\ (?:up|awake)\ (?:at\ night|all\ night|nights)\b",
        ),
        (
            0.90,
            rf"\b(?:i\ (?:\w+\ )?feel|i'm\ feeling|feeling|felt)\ {VERY}(?:like\ )?(?:i'm\ |i\ am\ )?{VERY}(?:a\ |an\ )?(?:(?:total|complete|bit\ of\ a)\ )?(?:fraud|impost[eo]r|failure|burden|fake|loser|stuck|torn|guilty|hopeless|helpless|behind|inadequate|useless|worthless|trapped|lost|out\ of\ my\ depth|small|stupid|drained|failing|drowning|giving\ up|invisible|exposed|pulled|under\ pressure|insecure|discouraged|lonely)\b",
        ),
        (
            0.84,
            rf"\b(?:i'm|i\ am|im)\ {VERY}(?:stuck|torn|drowning|failing|burn(?:ed|t)\ out|out\ of\ my\ depth|a\ (?:fraud|failure|fake|burden)|an\ impost[eo]r|in\ two\ minds|of\ two\ minds|behind\ (?:every|all|my|the\ others|where)|second-guessing|going\ (?:round|around)\ in\ circles|hopeless|struggling|wasting)\b",
        ),
        (
            0.90,
            r"\b(?:i'm|i\ am|im|i\ feel)\ (?:just\ |simply\ |probably\ |maybe\ |already\ )?(?:too|so)\ (?:old|young|junior|senior|inexperienced|shy|stupid|slow|scared|far\ behind|behind)\b",
        ),
        (
            0.84,
            r"\bi\ (?:really\ |just\ |honestly\ |still\ )?(?:don't|do\ not)\ (?:really\ |even\ |actually\ )?know\ (?:if|whether)\ (?:"
            + I_CAN
            + r"|i\ (?:even\ |really\ )?want\ (?:this|it|that|to)\b|it's\ (?:worth|right)\b)(?!\ "
            + PAST
            + r")",
        ),
        (
            0.84,
            r"\bi\ (?:really\ |just\ |honestly\ |still\ |have\ )?(?:don't\ (?:really\ |even\ |actually\ )?know|no\ idea)\ (?:what\ i\ (?:\w+\ )?(?:want|am|should|could\ offer|bring|have\ to\ offer)|who\ i\ am|where\ (?:to\ start|i\ belong|i'm\ going)|how\ (?:i'm\ (?:going|supposed|gonna)|to\ (?:cope|choose|decide|go\ on))|which\ (?:way|one\ to))\b",
        ),
        (
            0.88,
            r"\bi\ (?:really\ |just\ |honestly\ )?(?:don't|do\ not)\ (?:really\ |even\ )?feel\ (?:\w+\ )?(?:ready|qualified|confident|good\ enough|capable|safe|worthy|seen|valued|i\ belong|up\ to)\b|\bi\ don't\ (?:really\ )?(?:deserve|belong|trust\ myself|fit\ in)\b",
        ),
        (
            0.86,
            r"\b(?:don't|do\ not|didn't)\ want\ to\ (?:let\ (?:\w+\ ){1,4}down|disappoint|fail|be\ (?:a\ burden|a\ failure|the\ one|rejected|seen\ as|that\ person|stuck)|lose|look\ (?:stupid|weak|greedy|desperate|silly)|regret|end\ up|make\ (?:the\ wrong|another|a)\ (?:\w+\ )?mistake|make\ the\ wrong|waste|mess|come\ across|hurt|upset)\b",
        ),
        (
            0.83,
            r"\b(?:they|people|everyone|everybody|he|she|the\ (?:panel|team|others|recruiters?|interviewers?))(?:'ll|\ will|'re\ (?:going\ to|gonna)|'s\ going\ to|\ would|\ might|\ are\ going\ to)\ (?:just\ |all\ |probably\ |only\ )?(?:think\ (?:i|i'm|that\ i|less)|laugh|find\ out|judge|notice\ (?:that\ )?i|see\ (?:that\ i|i'm|through|me\ as)|reject\ me|say\ no|hate|reali[sz]e\ (?:i|that\ i)|be\ disappointed)\b",
        ),
        (
            0.86,
            r"\b(?:nobody|no\ one|no-one|no\ (?:company|employer|recruiter))(?:'s\ (?:going\ to|gonna)|\ will|'ll|\ would|\ wants\ to|\ is\ going\ to|\ ever)\ (?:ever\ |even\ )?(?:hire|want|take|employ|give|pick|choose|call\ me|read|look\ at|hires)\b(?!\ (?:him|her|it|that|them))",
        ),
        (
            0.86,
            r"\bwhy\ would\ (?:anyone|anybody|they|someone|he|she)\ (?:ever\ |even\ )?(?:hire|want|pick|choose|take|listen|call|read|pay)\b",
        ),
        (
            0.86,
            r"\bi(?:'ll|\ will)\ (?:probably\ |just\ )?never\ (?:get|be|find|make|manage|finish|catch|have|become|earn|learn|fit|pass|recover|work)\b(?!.{0,60}\bagain\b)(?!\ late)",
        ),
        (
            0.84,
            r"\bi(?:'ll|'m\ going\ to|'m\ gonna|\ will)\ (?:probably\ |just\ |only\ |definitely\ )?(?:fail|mess\ (?:it|this|up)|end\ up|freeze|get\ (?:rejected|fired|stuck)|regret|lose\ (?!it\b)\w+|be\ (?:stuck|rejected|alone|a\ failure)|look\ (?:stupid|like\ an\ idiot)|disappoint|let\ (?:\w+\ )?down|blow\ it|screw)\b",
        ),
        (
            0.83,
            r"\b(?:i|we)\ (?:could|might|would|can't\ afford\ to|may)\ (?:also\ |just\ |even\ )?(?:lose\ (?:my|the|our|every)|end\ up|regret|fail)\b",
        ),
        (
            0.85,
            r"\b(?:it's|it\ is|it\ feels|maybe\ it's|is\ it)\ (?:just\ |probably\ |already\ |simply\ )?too\ (?:late|much|risky|big|hard)\ (?:for\ me|to\ (?:switch|change|start|go|handle|learn|leave))\b|\bit\ (?:all\ |just\ )?feels\ (?:\w+\ )?(?:overwhelming|hopeless|impossible|pointless|too\ much|risky|wrong)\b",
        ),
        (
            0.80,
            r"\b(?:a\ )?part\ of\ me\ (?:\w+\ )?(?:wants|thinks|feels|is|still|knows|says|would|just)\b|\bon\ the\ one\ hand\b",
        ),
        (
            0.84,
            r"\bi\ (?:have|do\ have|still\ have|'ve\ got)\ (?:\w+\ )?(?:doubts|concerns|worries|fears)\b|\bi\ (?:really\ |still\ |always\ )?struggle\ (?:with|to)\b|\bi'm\ struggling\b",
        ),
        (
            0.82,
            r"\b(?:i\ (?:just\ |always\ |still\ |often\ )?compar(?:e|ing)\ myself|i\ (?:always\ |often\ )?second-guess|i\ talk\ myself\ (?:out|down)|i\ have\ (?:no|zero)\ (?:confidence|self-?\ ?esteem)|impost[eo]r\ syndrome|i\ lack\ (?:the\ )?(?:confidence|experience|courage|skills))\b",
        ),
        (
            0.80,
            r"\b(?:everyone|everybody)\ (?:else\ )?(?:is\ (?:so\ much\ |way\ |already\ )?(?:ahead|further|better|younger|smarter)|expects\ me|has\ (?:it\ )?(?:figured|a\ plan))\b",
        ),
    )
)
AGAINST = re.compile(
    r"""\b(?:no\ longer|not\ (?:so\ |really\ |that\ |as\ |too\ |very\ |all\ that\ |at\ all\ )?(?:worried|scared|afraid|nervous|anxious|concerned|ashamed|overwhelmed)|never\ (?:afraid|scared|worried)
      |less\ (?:worried|scared|afraid|nervous|anxious|concerned|overwhelmed)|used\ to\ (?:be|feel|think|worry|freeze|panic)|any\ ?more\ (?:afraid|scared)|wasn't|isn't\ (?:a\ worry|scary)
      |not\ (?:so\ )?(?:stuck|torn|lost)|got\ over|over\ it\ now|don't\ (?:really\ )?(?:worry|fear)|as\ far\ as\ i'm|nothing\ to\ (?:worry|fear)|not\ too\ late|was\ (?:afraid|worried|scared)\ i'd\ be\ late
      |which\ (?:page|line|screen|link)|don't\ feel\ (?:stuck|overwhelmed|guilty|lost))\b""",
    re.VERBOSE,
)
THEN = re.compile(r"\b(?:i\ was|i\ felt|we\ were|i\ got)\b(?!.*\b(?:and\ i\ still|still\ am|i\ am)\b)", re.VERBOSE)
OTHERS = re.compile(
    r"\b(?:she|he|they|you|people)\ (?:\w+\ )?(?:said|says|told|tells|thinks?|asked|feels?)\b.{0,25}$", re.VERBOSE
)
NOW_WELL = re.compile(
    r"\bbut\ (?:it|now|then|i'm\ fine|it's)\b.{0,40}\b(?:went|well|fine|ok|okay|better|good|over)\b|\bnot\ any\ ?more\b",
    re.VERBOSE,
)
JOINT = re.compile(r"[,;:–—]\s+|\b(?:but|and|so|because|cause|'cause|that|then)\s+")
LONG = 32
"""Words from which a sentence is quoted by its clause."""


def concerns(coded: CodedTurn) -> Iterator[Suggestion]:
    """The fears and doubts a client voices in this turn; sentences that follow on each other make one."""
    if coded.role != "client":
        return
    waiting: tuple[int, int, float] | None = None
    text = coded.turn.text
    for sentence in sentences(text):
        found = _in_sentence(sentence)
        if waiting and found and not text[waiting[1] : found[0]].strip(" .?!…,\"'”"):
            waiting = (waiting[0], found[1], max(waiting[2], found[2]))
            continue
        if waiting:
            yield _suggestion(coded, waiting)
        waiting = found
    if waiting:
        yield _suggestion(coded, waiting)


def _in_sentence(sentence: Sentence) -> tuple[int, int, float] | None:
    """Place and chance of the concern in a sentence: the whole sentence, or its clause where there are no marks."""
    low = sentence.low
    hits = [(match, p) for p, pattern in PATTERNS if (match := pattern.search(low)) and _own(low, match)]
    if not hits:
        return None
    first = min(hits, key=lambda hit: hit[0].start())[0]
    p = min(0.97, max(p for _, p in hits) + 0.02 * (len(hits) - 1))
    if p < LEAST:
        return None
    if not sentence.bare and low.count(" ") < LONG:
        return sentence.start, sentence.end, p
    last = max((hit for hit, _ in hits), key=lambda hit: hit.end())
    if low.count(" ", first.start(), last.end()) > LONG:
        last = first
    return sentence.start + _clause_start(low, first.start()), sentence.start + clause_end(low, last.end()), p


def _clause_start(low: str, at: int) -> int:
    """Where the clause around `at` begins: after the last comma or joining word before it."""
    joints = list(JOINT.finditer(low, max(0, at - 60), at))
    return joints[-1].end() if joints else at


def _own(low: str, match: re.Match[str]) -> bool:
    """Whether the speaker has this now: not denied, not over, not somebody else's."""
    around = low[max(0, match.start() - 40) : match.end() + 60]
    if AGAINST.search(around) or NOW_WELL.search(low[match.start() :]):
        return False
    if THEN.match(low[match.start() :]) or re.search(r"\b(?:i was|was just)\s*$", low[: match.start()]):
        return False
    return not OTHERS.search(low[: match.start()][-60:])


def _suggestion(coded: CodedTurn, found: tuple[int, int, float]) -> Suggestion:
    start, end, p = found
    text = trimmed(coded.turn.text[start:end])
    return Suggestion("concern", text, "client", coded.turn.index, (start, end), round(p, 3))

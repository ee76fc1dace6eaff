"""Words and phrases that show what a turn does, written by hand."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


WHAT = _set("what whats how hows why")
WHEN = _set("where when who which whose whos wheres")
ASKING = _set(
    "do does did are is was were can could would will have has had should may am isnt arent dont didnt doesnt "
    "wouldnt couldnt havent hasnt wont cant wasnt werent any"
)
FILLERS = _set(
    "so and well okay ok um uh yeah yes alright right now then but mm hmm hm mhm huh great good oh ah er erm "
    "like because or just also all sure really wow yep no cool fine absolutely definitely exactly perfect"
)
SHORT = _set(
    "mm hmm mhm hm uh huh um okay ok yeah yes yep right sure oh ah no i see good great alright all wow thanks "
    "thank you exactly absolutely definitely really nice cool fine true perfect so well and"
)
FUNCTION = _set(
    "a an the and or but so if of to in on at for with from by about as into up out it its that thats this "
    "these those there theres is are was were be been being am im ive id ill i me my mine you your youre youve "
    "youd youll yours we our us weve he she they them their his her hes shes theyre do does did done dont "
    "didnt doesnt have has had having not no yes yeah okay ok well um uh just like really very kind sort know "
    "mean think got get go going gonna would could should can will wont cant what how why when where who which "
    "some any all more much lot then than too also because now one thing things right oh mm hmm mhm huh er"
)
COMMANDS = _set(
    "put send try ask lead take keep start write make think look talk say pick go let use find give remember stop "
    "get avoid practise practice call read bring show set choose begin check consider come drop eat drink cut "
    "follow forget hold imagine join leave learn listen move note notice pay plan prepare speak spend stay stick turn "
    "update wait walk watch aim focus sit list decide rest sleep apply cancel book sign"
)
"""Words that begin a sentence which tells somebody what to do."""

VERBS = _set("do did are have can could would will is was does were made makes")
ASKED = _set("you it that there they she he")
LINKS = _set("so but then now well okay um uh")
"""A question begins with “what would”, “do you” and their like, and links before that belong to it …"""
BOUND = _set(
    "know wonder wondering see say tell me us you i about of is are was if to for or on in at with from the a and not "
    "what how why when where who which understand sure"
)
TELLERS = _set("we they he she it this that")
"""… but after these words “what is”, and after TELLERS too “do you”, goes on with what was being said."""

PHRASES: dict[str, str] = {
    "you asked": (
        "do you|did you|are you|can you|could you|would you|will you|have you|were you|dont you|didnt you|"
        "havent you|arent you|wouldnt you|couldnt you|has he|does he|does she|do they|are they|does your|is your|"
        "are your|do your|has your|did your|did they|have they"
    ),
    "it asked": (
        "is it|is that|is there|are there|does it|does that|did it|was it|was there|was that|would it|would that|"
        "has it|has there|is this|does this|would there|were there|have there|any other|anything else|"
        "any questions|any thoughts|any idea|any ideas"
    ),
    "what asked": (
        "what do|what are|what is|whats|what did|what would|what could|what can|what have|what will|what was|"
        "what were|what makes|what made|what kind|what sort|what else|what might|what about|what happened|"
        "what happens|what has|what does|what things|what brings|what brought|what other|what concerns|"
        "what worries|what matters|what should|what thoughts|what got|what led|what gets|what role|what part|"
        "whats been|what stood|what youd|in what|what stops|what holds|what helps|what helped|what gives|what comes"
    ),
    "how asked": (
        "how do|how did|how are|how would|how could|how can|how have|how has|how is|hows|how does|how about|"
        "how was|how might|how will|how come|how you|how that|how important|how confident|how ready|how else|"
        "how were|how should"
    ),
    "how much": (
        "how much|how many|how often|how long|how old|how far|how soon|how frequently|how big|how late|what time|"
        "what day|which one|what age|how tall|what year|what date|what number"
    ),
    "why asked": (
        "why do|why did|why are|why is|why would|why not|why a|why was|why dont|why have|why you|why that|how come|"
        "what makes you|what made you|why werent|why havent"
    ),
    "tell me": (
        "tell me|talk to me|talk about|describe|walk me|say more|tell us|share with me|hear about|hear from you|"
        "hear more|wondering what|wondering how|wonder what|wonder how|curious what|curious how|curious about|"
        "know what you|know how you|like to hear|love to hear|help me understand|give me an example|"
        "for example what|wonder why|wondering why|say a little|say a bit"
    ),
    "when asked": (
        "when did|when do|when was|when is|when will|when are|where do|where did|where are|where is|where would|"
        "who is|who do|who are|who else|whos|who did|who would|which of|which one|which ones|where will|when would|"
        "where else"
    ),
    "or not": (
        "or not|or no|or is it|or are you|or do you|or was it|or did you|or is that|or would you|or have you|"
        "or what|or anything|or something else"
    ),
    "tag": (
        "is that right|is that correct|is that fair|is that true|does that sound|does that make|am i right|isnt it|"
        "dont you think|you know what i mean|right now|do i have|did i get|is that it|would that be|"
        "how does that sound|hows that sound|make sense|sound right|sound okay|sound good|isnt that|is that okay|"
        "is that alright|is that all right|is that what"
    ),
    "permission": (
        "would it be|is it okay|is it ok|is it all right|is it alright|do you mind|would you mind|can i ask|"
        "could i ask|may i|can i share|could i share|okay if i|ok if i|all right if|alright if|okay if we|be okay|"
        "be ok|mind if i|mind if we|can i tell|can we talk|could we talk|can i just|could i just|can we just|"
        "like to talk|if we talk|if i share|if i ask|with your permission"
    ),
    "scale": (
        "scale of|zero to|one to ten|one to 10|1 to 10|0 to 10|scale from|to ten|to 10|being not|on a scale|"
        "to a ten|a lower number|higher number"
    ),
    "would you": (
        "would you like|would you be|would you say|would you consider|would you want|are you willing|willing to|"
        "are you interested|interested in|are you able|have you thought|have you considered|have you tried|"
        "have you ever|have you been|did you ever|do you ever|do you want|do you think|do you feel|do you know|"
        "do you have"
    ),
    "sounds like": (
        "sounds like|it sounds|sound like|seems like|it seems|looks like|it looks|feels like|i hear|im hearing|"
        "hearing you|what youre saying|youre saying|you said|you mentioned|you say|youve said|you were saying|"
        "youve mentioned|let me see if|let me make sure|see if i|to summarize|sum up|on the one hand|"
        "on the other hand|one hand|other hand|if i understand|understand you|getting a sense|get the sense|"
        "i get the|youve told|you told|seem to|seems that|seemed to"
    ),
    "so you": (
        "so youre|so you|and youre|and you|but youre|but you|so your|and your|so its|so that|so there|so theres|"
        "so youve|and youve|and that|and so|and its|because you|because youre|so for you|so part of|so it|"
        "so when you|so if you|so at|so even|so sometimes|so maybe|so not|so really|so kind of|so almost"
    ),
    "you feel": (
        "you feel|youre feeling|you felt|you want|you really|youd like|you dont want|you dont|you need|you think|"
        "youre thinking|you love|you like|you wish|youre worried|youre concerned|youre not|youve been|youre trying|"
        "you know that|you were|you had|youre really|you care|you enjoy|youre going|youve got|you can see|"
        "youd rather|you cant|you didnt|youre afraid|youre ready|youre willing|you realize|youre kind|you kind|"
        "youve tried|youd be|youd|you havent|youre looking|youre doing|youre using|part of you|for you"
    ),
    "feeling": (
        "frustrated|frustrating|overwhelmed|overwhelming|worried|scared|afraid|angry|upset|sad|anxious|nervous|"
        "confused|stuck|tired|torn|hurt|lonely|ashamed|guilty|proud|happy|excited|hopeful|hard for you|"
        "difficult for you|tough|concerned|stressed|stressful|disappointed|annoyed|annoying|embarrassed|"
        "important to you|matters to you|determined|committed|motivated|pressure|struggle|struggling|worry|hate|"
        "painful|relief|worries"
    ),
    "should": (
        "you should|you shouldnt|you need to|you have to|you must|youve got to|you gotta|you ought|youll need|"
        "you better|you could try|you might want|you may want|you could|you can try|you might|why dont you|try to|"
        "you can also|make sure|have to stop|need to stop|you want to make|got to|you should be|you really need|"
        "you really should|remember to|be sure|dont forget|start with|start by|consider|keep a|you wanna|"
        "stop smoking|have a think|you may need|you would need|if i were you|its better|better to|best to|try and|"
        "just try"
    ),
    "suggest": (
        "suggest|suggesting|suggestion|recommend|recommended|recommending|recommendation|recommendations|advise|"
        "advice|encourage you|urge you|i want you to|id like you to|i need you to|id encourage|strongly|my advice|"
        "what i would|i would say|i think you|id say|my suggestion|i would like you|im going to ask you|"
        "i would encourage|i propose|how about you|its time to|it would be good|would be helpful|might be helpful|"
        "be a good idea|good idea|might help|could help|would help|you try"
    ),
    "options": (
        "options|option|a few things|couple of things|different ways|some people|other people|choices|choose|"
        "number of things|either|alternatively|ways to|there are some|things like|lots of ways|menu|variety|"
        "available|for example|for instance|such as|some folks|a list"
    ),
    "facts": (
        "research|studies|study|percent|shows that|evidence|guidelines|average|risk|risks|increases|increase|cause|"
        "causes|caused|effects|effect|likely|related to|leads to|lead to|means that|known|tend to|typically|"
        "usually|generally|most people|many people|a lot of people|people who|people with|average person|"
        "according to|in fact|statistics|normal|levels|chances|the reason|which means|is called|results|result|"
        "can be|contains|reduce|it can|they can|it helps|helps you|will help|can help|can cause|can lead|"
        "designed to|based on|minutes|months|the average|recommended|one of the|there is a|there are|firms|"
        "employers|recruiters|companies|program|service|it takes|takes about|within"
    ),
    "share": (
        "what we know|i can tell you|let me tell|ill tell you|let me explain|let me share|let me give|i can give|"
        "share some|give you some|some information|information|i want to tell|you know that|just so you know|"
        "did you know|a little bit about|i can share|to let you know|what well|ill be|were going to|im going to|"
        "i will|well be|well do|i can|my job|my role|were here|your doctor|the doctor|the program|we have|we can|"
        "i have a|i work|my name|im a|well talk|we use|this is a|weve got|what i do|what we do|i could give|"
        "ill give"
    ),
    "plan": (
        "next step|next steps|come up with|set a|make a plan|a plan|goal|goals|follow up|next week|next time|"
        "check in|come back|schedule|appointment|before we|when we meet|between now|write down|agree to|lets|"
        "why dont we|we could|shall we|can we|we might|focus on|start to|first step|meet again|set up|see you"
    ),
    "affirm": (
        "good for you|thats great|thats good|thats wonderful|i appreciate|appreciate you|thank you for|thanks for|"
        "well done|congratulations|really good|great job|good job|excellent|awesome|fantastic|im glad|glad you|"
        "im impressed|impressed|that takes|its great|very good|good idea|nice work|proud of|im happy|pleased|"
        "thats really good|thats a great|thats a good|really great"
    ),
    "polite": (
        "thank you|thanks|nice to meet|hi|hello|good morning|good afternoon|have a seat|bye|goodbye|take care|"
        "youre welcome|my pleasure|welcome|how are you|see you|my name|im sorry|sorry|excuse me|no problem|come in"
    ),
    "agree": (
        "i agree|i understand|i see|makes sense|that makes|i know|of course|fair enough|absolutely|exactly|"
        "thats right|youre right|got it|gotcha|its okay|thats okay|thats fine|no worries|i can understand|"
        "its up to|up to you|your choice|your decision|your call"
    ),
    "i want": (
        "i want|i want to|i wanna|id like|i would like|i wish|i hope|i need to|i need|i have to|i should|i gotta|"
        "ive got to|i really want|i do want|i would love|id love|i guess i should|i probably should|"
        "i know i should|i know i need|hoping|i think i need|i think i should"
    ),
    "i will": (
        "i will|ill|im going to|im gonna|i can do|i could|i can|i think i can|i plan|ill try|i could try|i might|"
        "ill do|i promise|im ready|im willing|willing to|i would|i think i could|i can try|well see|"
        "i guess i could|maybe i could|i am going|try to|trying to|give it a try|give it a shot|start"
    ),
    "i did": (
        "i stopped|i quit|ive stopped|i cut|cut down|cut back|i started|ive started|ive been trying|i tried|"
        "ive tried|i decided|ive decided|i realized|i realize|i noticed|i managed|i threw|i made|i called|i went|"
        "ive cut|been doing|i was able|i didnt"
    ),
    "i cannot": (
        "i cant|i couldnt|i dont know if|i dont know how|its hard|hard to|difficult|too hard|tough|impossible|"
        "i dont think i|im not sure|i dont see|not ready|i doubt|i wouldnt|no way|never|i wont|not going to|"
        "struggle|i dont have|no time|really hard|i havent|not really|im not|its just|easier said|too much|"
        "i give up|failed"
    ),
    "i dislike change": (
        "i dont want|i dont need|i dont think|i like|i love|i enjoy|its fun|helps me|its not a|not a problem|"
        "not that bad|no big deal|big deal|its fine|im fine|everybody|everyone|my friends|all my friends|relax|"
        "doesnt matter|dont care|whats the point|no point|not a big|not that|why should|its not like|"
        "i dont see why|only|it doesnt|isnt that|cant be|they dont|nothing wrong|just a|i just|but i|doesnt help"
    ),
    "reason": (
        "because|so that|my kids|my family|my health|my wife|my husband|my mom|better|healthier|healthy|worried|"
        "worry|scared|concern|concerned|problem|feel better|money|i dont want to|i know its|i know that|bad for|"
        "not good|good for|i feel bad|die|worse|benefit|important|makes me|would be nice|would help|would be good|"
        "would be great|i dont like|i hate|tired of|sick of|guilty"
    ),
    "yes": (
        "yes|yeah|yep|sure|definitely|absolutely|of course|i think so|i guess|i suppose|probably|that would|"
        "sounds good|right|exactly|thats true|okay|ok"
    ),
    "no": "no|nope|not really|nah|i dont|i dont know|not at all|no not",
    "but": "but|though|although|however|except|still|at the same time|even though",
    "if": "if you|if i|if we|if theres|if that|if it|what if|if youre|if you were|when you|when youre|in order to",
    "i me": "i|im|ive|id|ill|me|my",
    "you your": "you|your|youre|youve|youd|youll|yourself",
    "we us": "we|us|our|weve|well|lets",
    "they": "he|she|they|them|his|her|their|people",
}
"""What a sign is called, and the phrases (at most four words, without apostrophes) that make it."""

KNOWN = frozenset.union(
    WHAT, WHEN, ASKING, FILLERS, SHORT, FUNCTION, _set(" ".join(PHRASES.values()).replace("|", " "))
)
"""Every word above: at least a third of what people say in English, however technical."""

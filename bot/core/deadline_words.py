"""How British journalists write days and times: the vocabulary, as data and as pieces of patterns.

Everything is matched against the lower-case text of `bot.core.deadline_text`. The defaults (close of play 17:00,
first thing 09:00, lunchtime 12:30, noon 12:00, morning 12:00, afternoon 17:00, a day alone 17:00) are DOMAIN.md §10's;
tea-time, evening and tonight are our own judgement.
"""

from datetime import time

CLOSE_OF_PLAY = time(17)
FIRST_THING = time(9)
LUNCHTIME = time(12, 30)
NOON = time(12)
MORNING = time(12)
AFTERNOON = time(17)
TEATIME = time(17)
EVENING = time(19)
WHOLE_DAY = time(17)

WORKING_DAY_FROM, WORKING_DAY_TO = 8, 19
"""Hours between which an hour without am or pm is looked for: "by 5" is 17:00, "half nine" 09:30."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen sev"
    "enteen eighteen"
)
NUMBERS = {word: number for number, word in enumerate(_ONES.split(), 1)} | {
    "twenty": 20,
    "twenty-four": 24,
    "twenty four": 24,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "forty five": 45,
    "forty-eight": 48,
    "forty eight": 48,
    "sixty": 60,
    "seventy-two": 72,
    "ninety": 90,
    "a couple of": 2,
    "couple of": 2,
    "a": 1,
    "an": 1,
    "the next": 1,
}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
)
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)} | {
    "twentieth": 20,
    "thirtieth": 30,
}

WEEKDAY = (
    r"(?:monday|mon|tuesday|tues?|wednesday|weds?|thursday|thurs?|thu|friday|fri|saturday|sat|sunday|sun"
    r"|wednsday|wedensday|thurday|thrusday|tuseday|teusday|firday)\b\.?"
)
MONTH = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept?|october|oct"
    r"|november|nov|december|dec)\b\.?"
)
MISSPELT = {"thr": "thu", "tus": "tue", "teu": "tue", "fir": "fri"}
HOUR_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
HOUR = rf"(?:1[0-2]|0?[1-9]|{HOUR_WORD})"
TOMORROW = r"(?:tomorrow|tomorow|tommorow|tommorrow|tomorrrow|tmrw|tmw|tmrrw|tomoz|2moro)"
PART_OF_DAY = r"(?:(?:mid|late|early)[- ]?)?(?:morning|afternoon|evening|night|morn|aft|eve)\b"
DAY_WORD = rf"(?:today|{TOMORROW}|tonight|this {PART_OF_DAY}|(?:this |next |on )?{WEEKDAY}|on the \d|on \d{{1,2}})"

DAY_OF_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)? {MONTH}"

FOLLOWS_A_BARE_TIME = (
    rf",? ?{DAY_OF_MONTH}|,? ?{MONTH} \d|,? ?20\d\d-|,? ?\d{{1,2}}/\d|,? ?the \d|"
    r" ?(?:$|[¶\x01;?!)\"-]|[.,/](?!\d)|(?:today|tonight|on|this|please|pls|plz|at|latest|if|so|for|and"
    r"|or|as|sharp|ish|thanks"
    r"|thank|thx|cheers|ta|when|because|but|before|then|uk|bst|gmt|local|max|tops|prompt|the|in"
    r"|to(?! ?\d)|we|i|next|with|would"
    r"|is|was|will|deadline|ideally|preferably|or|otherwise|close|end|onwards|my|our|do|can|could|just"
    r"|exactly|that|whether|how|what|why|about|re|regarding|ish|if"
    rf"|{TOMORROW}|{WEEKDAY})\b)"
)
"""What may stand after a number alone for it to be an hour: "by 5, please", but not "by 5 patients"."""

NOUNS_AFTER_ORDINAL = r"(?:floor|anniversary|birthday|century|time|year|edition|place|round|wave|class|team)"

ZONES_ABROAD = (
    r"(?:cet|cest|eet|et|est|edt|pt|pst|pdt|ct|cst|cdt|aest|aedt|ist|jst|utc|new york time|eastern"
    r"|pacific|paris time)\b"
)

AS_SOON = (
    r"\basap\b|\ba\.s\.a\.p|as soon as (?:possible|you can|poss)|\burgent(?:ly)?\b|\bimmediately\b|\bright away\b"
    r"|\bstraight ?away\b|as quickly as|at your earliest|\bpronto\b|soonest|as early as"
)
NO_RUSH = (
    r"no (?:rush|hurry|particular deadline|deadline|great rush|immediate)|no real (?:rush|hurry|deadline)"
    r"|when(?:ever)? you (?:can|"
    r"get a (?:chance|moment))|not urgent|no specific deadline|isn't urgent|in your own time"
    r"|no time pressure|no fixed deadline"
)
VAGUE = (
    r"(?:early|late|later|sometime|some time|towards the (?:end|start) of|the (?:start|beginning"
    r"|middle) of|mid|any time|anytime|"
    r"at some point)(?: on| in)? (?:this|next|the) (?:coming )?(?:week|month|afternoon|year)|(?:early"
    r"|late|mid)[- ](?:next|this) "
    r"(?:week|month)|next (?:week|month)|this (?:week|month)|later (?:today|this week|on today)"
    r"|over the weekend|at the weekend"
    r"|this weekend|(?:in |over |within )?the (?:next|coming) (?:few|couple of) (?:days|hours|weeks)"
    r"|a few (?:days|hours)"
    r"|(?:by |before )?the weekend|mid[- ](?:week|month)|soon\b|some ?time (?:today|tomorrow)"
)

DIRECT = (
    r"(?:\bby|\bbefore|\b(?:no|not|nor) later than|\blater than|\b(?:have|has|got|had|extended"
    r"|me) (?:up )?(?:until|till|til|to)"
    r"|\bup (?:until|till|to)|\bprior to|\bin time for|\bahead of|\bdeadline(?: is|'s|:| of| -| =| today"
    r"| now| has moved to"
    r"| (?:is )?now)?|\bdue|\bneed(?:ed)?(?: it| this| that)?(?: back)?(?: by| for)?"
    r"|\bat the (?:very )?latest|\bb4|\bfor)"
    r"(?: (?:the|about|around|roughly|approx|approximately|say|at|on|end of|lets say|let's say|then|absolute latest"
    r"|preferably|ideally|possibly|hopefully|really|please))*[ ,:(@-]*$"
)
BEFORE = r"(?:\bbefore|\bahead of|\bprior to|\bb4)(?: (?:the|about|around|on))*[ ,:(-]*$"
DEADLINE = (
    r"\bdead-?lines?\b|\bdeadling\b|\bdead line\b|\bd/l\b|\bdl\b|\bcut-?off\b|\bcopy(?:'s| is)? (?:date|deadline|due)\b"
    r"|\bno later than\b"
    r"|\bnot later than\b|\bat the (?:very |absolute )?latest\b|\bpress time\b|\bmust have\b"
    r"|\btimescale\b|\btimeframe\b"
    r"|\breply by\b|\bneeded by\b|\brequired by\b|\bresponse (?:required|needed|due)\b"
)
LATEST = (
    r"^[ ,.)-]*(?:at |as )?(?:the )?(?:very |absolute )?latest\b|^[ ,)-]*(?:is |would be |was )?(?:my "
    r"|our |the |a )?(?:\w+ )?"
    r"dead-?line\b|^[ ,(-]*(?:is |for )?(?:my |our |the )?(?:hard |absolute |final |print |web "
    r"|online )?(?:deadline|cut-?off|d/l)"
)
ANOTHERS_DEADLINE = (
    r"(?:'s|their|its|his|her|application|applications|submission|submissions|consultation|entry|entries|nominations?|"
    r"appeal|statutory|government|national|missed (?:the|its|a)|original|previous|legal|payment|tender"
    r"|ucas|registration)"
    r" dead-?line(?! for (?:comment|response|reply|us))|dead-?lines? for (?!comment|a? ?respon|reply"
    r"|replies|this|us|me\b|my|our"
    r"|copy|the (?:piece|story|article|copy|paper|programme|show|bulletin)|a (?:comment|statement)"
    r"|statement|any|your|getting"
    r"|hearing|getting)|\bmiss(?:ed|ing)? (?:the|a|its|their) dead-?line"
)
REQUEST = (
    r"\b(?:could|can|would|will|might|may|if|are|were|when|whether|hope|hoping|wonder\w*) (?:i|you|we"
    r"|someone|somebody|anyone"
    r"|your \w+|the (?:trust|council|press office|team|board|nhs|ccg|alliance|hospital))\b|\bplease\b|\bpls\b|\bplz\b"
    r"|\b(?:i|we)(?:'d|'ll|'m| am|'re| are| will| would| do)? (?:\w+ ){0,2}?(?:need|want|like|love"
    r"|appreciate|hope|hoping|looking|after|keen"
    r"|require|aiming|trying)\w*|\bneed(?:ed|ing)?\b|\brequired?\b|\bany chance\b|\bgrateful\b"
    r"|\bappreciated?\b|\blooking (?:for|to)\b"
    r"|\bget (?:back|me|us|it|this|something)\b|\bcom(?:e|ing) back to\b|\bback to (?:me|us)\b"
    r"|\blet (?:me|us) (?:know|have)\b"
    r"|\bsend\b|\bsent (?:over|back|to me)\b|\brepl(?:y|ies)\b|\bresponses?\b|\brespond\b|\bcomments?\b"
    r"|\bstatements?\b|\bquotes?\b"
    r"|\bhear (?:back|from)\b|\byou have\b|\byou(?:'ve| have) (?:got )?until\b|\bturn(?:ing)? (?:this"
    r"|it) (?:a)?round\b|\bwith (?:me|us)\b"
    r"|\bgive (?:me|us|you)\b|\bfil(?:e|ing)\b|\blines? (?:by|back|to)\b|\ba line\b|\bsomething\b"
    r"|\banything\b|\bhave (?:it|this)\b"
    r"|\bprovide\b|\banswers?\b|\bget an?\b|\bconfirm\b|\bcall me\b|\bring me\b|\bwould be (?:great|good"
    r"|perfect|ideal|fine|brilliant|helpful|lovely)"
    r"|\bdeadline\b|\bideally\b|\bpossible\b|\bright of reply\b|\bright to reply\b|\bfigures?\b"
    r"|\binterview\b|\bspokes\w+\b|\bhappy with\b"
)
"""Words of somebody who asks for something."""

REPLY = (
    r"\b(?:respond|reply|replies|response|comments?|come back|came back|coming back|get back|got back"
    r"|get (?:me|us|it|this|something|an?)|"
    r"send|sent|provide|statements?|answers?|hear|let me|let us|need|needed|file|quotes?|turn|have (?:it"
    r"|this|something|a|your)|with me|with us"
    r"|back to (?:me|us)|lines?|you|your|great|good|helpful|appreciated?|grateful|ideal|perfect|give"
    r"|something|anything|able|possible|i|we)\b"
)
"""Words that show that a subordinate clause is still about the reply, not about the story."""

OFFICE_VERB = r"\b(?:will|would|is|are|was|were|has|had|have|expects?|expected|plans?|planned|due|been|be)\b(?= \w)"

ON_AIR = (
    r"\bfil(?:e|ing)\b|\b(?:go(?:es|ing)?|off|send(?:ing)?) to (?:press|print)\b|\bon[- ]?air\b|\bgo(?:es"
    r"|ing)?[- ]live\b|\blive (?:at|from|on)\b"
    r"|\bbroadcast(?:ing)?\b|\bbulletins?\b|\btransmi\w+|\btx\b|\boff stone\b|\bpages? (?:close|go"
    r"|lock)s?\b|\bpublish\w*\b"
    r"|\b(?:run|running) (?:it|this|the story|a story|the piece|the item)?\b|\bprint(?:ing)?\b|\bpress\b"
    r"|\bgoes (?:up|out)\b|\bgoing (?:up|out)\b"
    r"|\bembargo\w*\b|\brecord(?:ing)?\b|\bpre-?rec\w*|\bon the (?:show|programme)\b|\bcome on\b"
    r"|\binterview\b|\bnews(?:reel)?\b|\blive\b"
    r"|\bonline (?:at|from)\b|\bsubb(?:ed|ing)\b|\bsubs\b|\bwrit(?:e|ing) (?:it |this |the piece )?up\b"
    r"|\bsend (?:it|this|copy)\b|\block(?:s|ed|ing)?\b"
    r"|\bedit(?:ing)?\b"
)
EVENT = (
    r"\b(?:meetings?|hearings?|inquests?|court|trial|conference|events?|march|protests?|rally|vote[ds]?"
    r"|debate|demo|launch\w*|open(?:s|ed|ing)?"
    r"|clos(?:es|ed|ing|ure)|strikes?|match|appeared|died|death|born|happened|incident|took place"
    r"|taking place|takes place|occurred|visit(?:ed|s)?|ceremony|cabinet"
    r"|committee|agm|consultation|announced|announcement|publish\w*|issued|dated|embargo\w*|election"
    r"|inspect\w+|admitted|sentenc\w+|funeral"
    r"|photocall|walkout|picket|fire|crash|collision|was|were|held|begins?|starts?|started|began|due in"
    r"|appointment|operation|surgery"
    r"|reported|released|tweeted|said|posted|arrested|charged|voted|running (?:a|the|this|it)"
    r"|in (?:the )?paper|goes? out|coming out|edition"
    r"|available|free|office|leave|back in|away|shift|working|festival|concert|game|gig|parade|press conference)\b"
)
AFTERWARDS = (
    r"\b(?:since|after|from|starting|beginning|as of|as at|except|not(?! (?:later|beyond))|not before"
    r"|until|till|til|following|on or after|between|w/c|week commencing)(?: (?:about|around|the|on|at"
    r"|midnight|noon|\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)?))*[ ,]*$"
)
"""What makes a time the start or the end of something else: "after 4pm I am in court"."""

ANSWER = (
    r"\b(?:respon[ds]\w*|repl(?:y|ies)|com(?:e|ing) back|get(?:ting)? back|statements?|comments?|answers?"
    r"|hear(?:ing)? back|hear from you|need(?:ed)?(?: (?:it|this|that))?"
    r"|send|back to (?:me|us|you)|with (?:me|us)|(?:a|any|some|your) lines?|quotes?|something|anything"
    r"|let (?:me|us) (?:know|have)|get (?:it|this)|have (?:it|this)|turn(?:ed|ing)? (?:this|it) a?round"
    r"|required|wanted|want (?:it|this)|confirm(?:ation)?|call me|ring me|look for it|expecting it)\b"
)
"""What an office gives: with one of these close before it, "on Thursday" is by when."""

SUITS = (
    r"^[ ,]*(?:would|will|'d|'ll) (?:be (?:great|good|perfect|ideal|fine|brilliant|helpful|lovely|ok|okay"
    r"|best|amazing|my)|do|suit|work)|^ (?:works|is (?:fine|ok|perfect|ideal|good|best|when i need))"
    r"|^[ ,]+(?:please|pls|plz|if (?:that's |at all )?(?:possible|ok|poss|you can))|^ if possible"
)

"""What a question can be about and what can be asked of it, as data in lexicon.py's form."""

from houston.agent.patterns.understanding.lexicon import BREAKDOWNS, COMPARED, COMPARISONS, Pattern
from houston.agent.patterns.understanding.trades import PEOPLE
from houston.agent.patterns.understanding.wishes import STATES, TALK, WISHES

NEWNESS = r"(?:new|first[- ]time|newly acquired|freshly won|recently (?:joined|acquired))"

WRITER = (
    r"(?:(?:(?:has|have|did) )?(?:any|some)(?:one|body)|who|(?:what|anything)(?: else)? (?:did|has|have) "
    r"(?!you\b|it\b)(?:the )?\w+)(?: has| have| ever| also)*"
)
PLACE = r"(?:where|who|whom|(?:which|what) (?:\w+ )?(?:channel|room|place|team|person|people)s?)\b"
TELLING = (
    r"(?:gets?|hears?|learns?|receives?|reads?|told|tells?|sees?|notified|notify|alerted|pinged|paged|"
    r"informed|warned|messaged|mailed|go(?:es)?|sent|send|posted|posts?|routed|land|ends? up|delivered|"
    r"arrives?|reported|shown|announced)"
)
TOLD_OF = (
    r"(?:alert\w*|outliers?|anomal\w+|fail\w*|crash\w*|break\w*|errors?|notes?|digests?|events?|incidents?|"
    r"spikes?|notifications?|warnings?|messages?|jobs?|imports?|briefings?)"
)
"""Who is told of what: a place or people, a verb of telling, and what rules tell of."""

SUBJECTS: tuple[Pattern, ...] = (
    ("intent", "episodes", (
        r"(?:un)?acknowledged|(?:(?:is|has|did|have) )?(?:who|any(?:one|body)|some(?:one|body)|nobody|no "
        r"one)(?: is| has| have| else| already| yet)* (?:taken|taking|took|take|on|acknowledge|picked|pick|"
        r"handling|handled|look(?:ing|ed)? (?:into|at|after)|dealing|working|investigating|assigned|"
        r"responsible|taken care)(?: (?:it|this|that|them|to|up|on|with|of|for|care of))*(?=\W|$)",
    )),
    ("intent", "why", (
        "why", "how come", "what for",
            r"what(?:'s| is| has| was| had)? (?:behind|happen(?:ed|ing)|going on|up with|(?:gone |"
            r"went |going )?wrong|driv(?:ing|ove|en))(?: here| there| to| with)?",
            r"what(?: has| have| did)? (?:caus(?:ed|e|ing)|drove|trigger(?:ed)?|pushed|made|led to|"
            r"explains?|moved)(?: it| this| that)?",
        r"explain(?: this| that| it)?(?: outlier| anomaly| spike| drop| dip| jump)?|explanation",
        r"(?:the |main |root )*(?:reasons?|causes?|drivers?)(?: of| for| behind)?|due to what|root cause",
            r"to blame|blame|responsible|culprits?|at fault|investigate|look into(?: this| it)?|"
            r"dig into|drill into|diagnose|get to the bottom of",
        r"(?:tell me )?more about (?:this|it|that)",
        r"where (?:did|does|is|was) (?:that|it|this|all (?:that|this)|the (?:jump|drop|spike|rise|fall|dip|"
        r"surge|increase|decrease|change)) (?:come|came|coming) from",
        r"what gives|how so|how is that|make sense of|reasoning|what is up with|what is the "
        r"story(?: with| behind)?",
    )),
    ("intent", "definition", (
        r"what (?:does|do|is meant by)(?= .{2,40} (?:mean|stand for))|mean(?:ing)? of|definition of|define",
            r"how (?:is|are|do you|do we)(?= .{2,40} (?:calculated|computed|worked out|defined|"
            r"totalled|totaled|measured))|how do you (?:calculate|compute|work out|define)",
        r"(?<= )(?:calculated|computed|defined|stand for|worked out|totalled|totaled)",
        r"(?:what|which) unit",
    )),
    ("intent", "destinations", (
        r"destinations?|recipients?|addressees?|(?:which|what) slack channels?",
        rf"what(?: all)? (?:\w+ )?{TELLING} (?:to|in|into)(?= (?:the )?(?:channel )?#)",
        rf"{PLACE}(?=.*\b{TELLING}\b)(?=.*\b{TOLD_OF}\b)",
    )),
    ("intent", "tasks", (
            r"(?:task|job|pipeline|import|sync|etl|load|batch|dag|workflow|cron)s?(?: runs?|"
            r" failures?| errors?| jobs?| status)?",
            r"(?:failed|failing|broken|crashed|unsuccessful) (?:runs?|jobs?|tasks?|pipelines?|"
            r"imports?|overnight|yesterday|today)|(?:task |job )?runs",
            r"dead[- ]?letters?|failures?|what (?:has )?(?:failed|broke|crashed)|"
            r"anything (?:failed?|broken?|broke|crash(?:ed)?)|(?:did|has) (?:anything|"
            r"something) (?:fail(?:ed)?|broken?|break|crash(?:ed)?)",
            r"(?:everything|all) (?:run|ran|green|succeed(?:ed)?|finish(?:ed)?)(?: ok| fine|"
            r" through)?|did (?:everything|all) (?:run|succeed|finish)",
    )),
    ("intent", "episodes", (
            r"episodes?|incidents?|(?:open|firing|active|ongoing|unresolved|current|"
            r"unacknowledged) (?:alerts?|issues?|alarms?|problems?)",
            r"(?:alerts?|alarms?) (?:are |is |were |was |that (?:are|were) )?(?:(?:currently|still|"
            r"now|right now) )?(?:open|firing|active|fired|triggered|unresolved|unacknowledged|"
            r"going off|went off|ringing|raised)",
            r"(?:is|are|was|were) (?:any|anything|something|there any)(?: alerts?|"
            r" alarms?)? (?:currently |still )?(?:firing|triggered|on fire|alerting|burning|red)",
            r"(?:anything|something|what(?: else)?)(?: is| are)? (?:wrong|broken|up|on fire|burning|down)"
            r"(?= (?:.*\b)?(?:right now|at the moment|currently|now|atm)\b)",
            r"(?:anything|something|what is|which are|what are|still) (?:currently |"
            r"still )?(?:firing|on fire|alerting|burning|going off)",
            r"what (?:fired|triggered|alerted|went off)|(?:alerts? )?fired|(?:alert|"
            r"incident) history|still firing|firing",
            r"what is (?:still |currently )?(?:open|going on now)|what (?:is|are) (?:still )?unresolved|"
            r"anything (?:still )?open|(?:open|unresolved|active) (?:issues|problems)|how many alerts?(?! "
            r"(?:do|have|are (?:set|configured|defined)))",
    )),
    ("intent", "alerts", (
            r"(?:which|what|list|show)(?: me)?(?: all| the| our| my)* alerts?(?: (?:do|have) we(?: have| "
            r"got)?(?: set up| configured)?| are (?:set up|configured|defined|there)| exist)?",
        r"alerts?|alarms?|thresholds?",
    )),
    ("intent", "outliers", (
        r"outliers?|out-liers?",
        r"anomal(?:y|ies|ous)|abnormalit(?:y|ies)",
            r"unusual(?:ly)?|strange|weird|odd|abnormal|suspicious|fishy|funny|surprising|out of (?:the "
            r")?ordinary|unexpected(?:ly)?|extraordinary|noteworthy|stands? out|stood out|(?<=anything "
            r")off|(?<=something )off|(?<=look )off|(?<=looks )off|(?<=looked )off",
        r"(?<!standard )deviations?|deviat(?:e|ed|ing)",
        r"(?:anything|something|what) (?:else )?(?:i|we) (?:should|need to|must|ought to) (?:know|worry|"
        r"see|look|check|be aware|watch)(?: about| at| of| out for)?",
        r"(?:anything|something) (?:important|urgent|interesting|wrong|broken|alarming|notable|to worry "
        r"about|worth \w+)|(?:is |are )?(?:everything|all|things) (?:ok|okay|fine|alright|all right|good|"
        r"normal|in order|well)|red flags?|what matters(?: most)?",
        r"spikes?|(?:sudden|big|strange) (?:drops?|jumps?|dips?|moves?)",
        r"what (?:(?:has|have|all|else|just) )?(?:spiked|jumped|crashed|tanked|exploded|moved|dropped|"
        r"plunged|surged|dipped|collapsed|blew up|went (?:up|down|wild|crazy|haywire|through the roof|"
        r"off))(?=\W*$| (?:on|in|at|over|last|this|yesterday|today|since|most|for))",
        r"irregular(?:ity|ities)?|hiccups?|glitch(?:es)?|blips?",
    )),
    ("intent", "rules", (
        r"(?:routing |notification |alert(?:ing)? )?rules?|routing|routed|routes?|notification settings",
    )),
    ("intent", "reports", (
        r"reports?|(?:saved |stored )?quer(?:y|ies)",
    )),
    ("intent", "notes", (
        r"notes?|(?:our|the|any) plans?|(?<!their )plans|notebook|to-?dos?|memos?|action (?:items|points)|"
        r"(?<=open )(?:items|points)",
        rf"(?:{WRITER} )?(?:wrote|written|jotted)(?: down)?",
        rf"{WRITER} (?:write|jot|note|document|say|said|mention|leave|left|record)(?:e?d|ten)?(?: down)?",
    )),
    ("customers", "new", (
            rf"{NEWNESS} {PEOPLE}|{PEOPLE} (?:who |that |which )?(?:are |were |have )?(?:new|gained|won|"
            rf"acquired|joined|signed up|added)(?! segment)",
            rf"(?:win|won|gain(?:ed)?|acquire[d]?|get|got|add(?:ed)?|sign(?:ed)? up) (?:any |many |"
            rf"more )?{PEOPLE}",
        r"(?:newest|latest|most recent|recent) (?:customers?|buyers?|shoppers?)",
            rf"{PEOPLE} (?:did we|have we|we) (?:win|won|gain(?:ed)?|acquire[d]?|get|got|add(?:ed)?|"
            rf"sign(?:ed)? up)",
        r"(?:customer|buyer) (?:acquisition|growth)|who(?: all| has| have| is| are)* (?:joined|signed up|"
        r"registered|new)",
    )),
    ("customers", "returning", (
        rf"(?:returning|repeat|recurring|existing) {PEOPLE}|came back|bought again|"
        rf"{PEOPLE} (?:that|who) (?:returned|came back|bought again)",)),
    ("customers", "segments", (r"(?:customer |by |per |which |what )*segments?|segmentation",)),
    ("customers", "", (
        rf"{PEOPLE}|customer base|(?:which|what) (?:person|people)",
        r"(?:every|any|some)(?:one|body)(?= .*\b(?:called|named)\b)",
        r"who(?: else)?(?= (?:has |have |had |all )?(?:ordered|bought|spent|spends|orders|buys|"
        r"purchased|shopped|paid)\b)|who(?= \w+ (?:us )?(?:the )?(?:most|least)\b(?! notes))",
    )),
    ("intent", "calendar", (
        r"(?:which|what) (?:weekday|day of the week) (?:was|is|will|did|does)(?: be)?",
            r"(?:is|was|are|were|will)(?: there)?(?: it| any| a)? (?:public |bank |"
            r"national )?holidays?|(?:public|bank|national) holidays?|holidays?",
            r"how many (?:work(?:ing)?|business|week)[- ]?days?|how many (?:calendar )?(?:days|"
            r"weekends|mondays|weeks) (?:are|were|were there|are there|did|does)",
            r"(?:on )?a (?:weekend|weekday|work(?:ing)? ?day|leap year)|(?:on|during) (?:a|"
            r"the) weekend(?=\?)|how many days (?:to|ago|between)",
            r"(?:how (?:long|far)|(?:days|weeks|months|nights|sleeps|time))(?: (?:is|are|it|do|we|have|got|"
            r"there|remain|left|still|to go|more|away))*? (?:until|till?|left|to go|away|from now|since)|"
            r"how long is it",
            r"what (?:is )?(?:the |today )?(?:date|day)(?: is it)?(?: today)?(?= |$|\?)|(?:which|what) "
            r"(?:calendar |iso )?(?:week|quarter|month|year)(?: number)?(?: of the (?:year|quarter|"
            r"month))? (?:is|was|are|of|do)(?: (?:it|we|this|in|today))*|what time is it|(?:date|day) "
            r"today|today date|current (?:date|week number)|(?:iso |calendar )?week number",
        r"when (?:is|was|does|did|do|will)(?= .*\b(?:begin|began|start|started|end|ended|over|finish)\b)",
        r"(?:what|which) (?:day|date|weekday) (?:was|is) (?:it|that|this)|how many days (?:has|have|does|in)",
        r"(?:what|which) (?:days?|dates?) (?:does|did|is|was|are|were)(?= .*\b(?:span|cover|run|include)\b)",
    )),
    ("intent", "metrics", (
            r"(?:which|what) (?:metrics?|numbers|data|measures|figures)(?: can| do| have|"
            r" are)?(?: i| you| we)?(?: ask| see| have| track(?:ed)?| know| watch| measure| got|"
            r" there| available)?(?: about)?",
            r"(?:list|show|tell|name|give)(?: me)?(?: all| the| my| our|"
            r" of)* (?:available )?(?:metrics|measures)",
        r"(?:what|which things|what all|what else)(?: all)? (?:do|can|are|have|did) (?:you|we|they|u) "
        r"(?:all )?(?:measur\w+|track\w*|record\w*|monitor\w*|collect\w*|keep track of|have (?:figures|"
        r"numbers|data) (?:on|for|about))(?= (?:for|at|about|of|on|with|here|there)\b|\W*$)",
        r"what(?: else)? (?:do|can|are|does) (?:you|we|houston) (?:measur|track|monitor|record|"
        r"collect)(?:e|ing)?(?= (?:for|about|of|on|here|at|there|in)\b|\W*$)",
        r"metrics|measures|(?:which|what) channels? (?:do we (?:have|use|run|track)|are there|exist)",
    )),
    ("intent", "clients", (
            r"(?:which|what|list|show|name|who are)(?: me)?(?: all| the| my| our)* (?:clients?|accounts?|"
            r"brands|companies)(?: (?:do|can|am|are|have|may) (?:you|we|i|there|our)(?: have| know| see| "
            r"allowed to see| got| access)?)?",
            r"who (?:do|are) we work(?:ing)? for|clients|who (?:are we|am i) (?:looking at|talking about)|"
            r"(?:which|what) client (?:is this|are we|am i)(?: \w+)*|(?:current|active) client",
    )),
    ("intent", "switch", (
            r"(?:switch|change|move|go|jump|hop|swap)(?: over| back)?(?: the client| client| this|"
            r" context)? (?:to|over to)",
            r"switch(?: clients?)?|let's (?:talk about|look at|do|see)|(?:use|take|pick|choose|"
            r"select|set)(?: the)? client(?: to)?|from now on|talk about|focus on|back to",
    )),
)  # fmt: skip

PATTERNS: tuple[Pattern, ...] = (
    *COMPARISONS,
    *SUBJECTS[:13],
    *BREAKDOWNS,
    *SUBJECTS[13:],
    *WISHES,
    *STATES,
    *COMPARED,
    *TALK,
)

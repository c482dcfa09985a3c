"""What is wanted of a subject, in which state it is, and small talk; in lexicon.py's form."""

from houston.agent.patterns.understanding.lexicon import Pattern

STATES: tuple[Pattern, ...] = (
    ("status", "in_progress", (r"in[- _]progress|in the works|in the making|being (?:done|handled|dealt "
                               r"with)|ongoing|being worked on|wip|under way|started",)),
    ("status", "open", (
        r"still open|open|unresolved|to[- ]?do|outstanding|pending|unfinished|not done|unsolved",
    )),
    ("status", "done", (r"done|closed|finished|completed?|resolved|solved",)),
    ("severity", "critical", (r"critical|severe|serious|crit",)),
    ("severity", "warning", (r"warnings?",)),
    ("state", "dead_letter", (r"dead[- ]?letters?|given up|gave up",)),
    ("state", "failed", (
        r"fail(?:ed|s|ing|ure|ures)?|broken?|crash(?:ed|es)?|errors?|errored|unsuccessful|red",
    )),
    ("state", "succeeded", (
        r"succe(?:ss|ssful|ssfully|eded|ed)|went through|green|ran (?:fine|ok|through)",
    )),
    ("state", "running", (r"running|under way",)),
)  # fmt: skip

OF_A_BAND = r"(?:normal|usual|typical|expected|ordinary|standard)"

WISHES: tuple[Pattern, ...] = (
    ("chart", "", (
            r"(?:a |as a |in a |the )?(?:line |bar )?(?:chart|graph|plot|diagram|visual(?:ization|"
            r"isation)?|picture|curve)(?:s|ed)?(?: of| for| it| that| this)?",
        r"a (?:line|curve|bar)(?= (?:of|for|showing)\b)",
            r"(?:draw|visuali[sz]e|sketch|paint|chart|plot|graph)(?: it| that| this| me)?",
    )),
    ("table", "", (r"(?:as|in) (?:a )?(?:table|list)|tabular|tabulate",)),
    ("compare", "", (
        r"by (?:what|how (?:many|much)|which)(?: a)? percent\w*|(?:what|how many) percent(?:age)?(?= (?:more|"
        r"less|higher|lower|up|down|change)\b)",)),
    ("measure", "share", (
            r"(?:market |relative )?shares?|percent(?:age)?s?(?= of|$| did| does| came| comes| is)|"
            r"what (?:percent|fraction|part|portion)|how much of|proportions?|portions?|"
            r"contribut(?:ion|ions|e|es|ed)|%(?= of)|percent|fraction|mix",
    )),
    ("measure", "difference", (
        r"how much (?:more|less|higher|lower|bigger|smaller|better|worse|fewer)|difference|gap|"
        r"delta",)),
    ("measure", "band", (
        rf"(?:{OF_A_BAND}|to be expected) (?:range|band|corridor|bounds?|limits?|level|interval|spread)s?|"
        rf"bands?|expected|(?:within|outside(?: of)?|above|below|from|over|under|than|out of) (?:the |its |"
        rf"their )?{OF_A_BAND}|normal(?= look|\W*$)|would (?:be |have been )?(?:a |the )?{OF_A_BAND}|"
        rf"(?:should|would) (?:it )?(?:have been|be)",)),
    ("measure", "median", (r"(?:daily )?medians?",)),
    ("measure", "average", (
        r"(?:daily |per day |on )?average(?:d|s)?|mean|typical(?:ly)?|usual(?:ly)?|normally",)),
    ("count", "", (r"how many|head ?count|number of|count(?: of)?|how often",)),
    ("overview", "", (
        r"overview|status report|recap|rundown|round[- ]?up|snapshot|(?:state|health) of",
        r"summar(?:y|ise|ize|ised|ized)(?: of)?|big picture|key figures|headline (?:figures|numbers)",
        r"(?:tell|know|say|show)(?: me| us)? (?:something |more |all |anything |everything )?about",
        r"doing|performing|going|performance|perform(?:ed)?|fare[d]?|faring|look(?:s|ing|ed)? like",
            r"the (?:key )?numbers|results|how did (?:we|it) do|brief me|update me|catch me up|"
            r"what is new|how are things|how is (?:it|everything)",
    )),
    ("rank", "bottom", (
            r"bottom|worst|lowest|(?<!at )least|smallest|weakest|fewest|poorest|min(?:imum)?|slowest|"
            r"quietest|cheapest|low point|trough",
    )),
    ("rank", "top", (
            r"top|best|highest|(?<!at )most(?! recent)|largest|biggest|strongest|greatest|max(?:imum)?|"
            r"peak(?:ed)?|busiest|leading|leads?|number one|winner|wins?|priciest|most expensive|"
            r"fastest|rank(?:ed|ing)?",
    )),
    ("restrict", "only", (r"only|just|solely|nothing but|except|without|excluding",)),
    ("more", "", (
        r"and|what about|how about|what of|also|the same|same|as well|too|ditto|likewise|now|"
        r"then|again",)),
    ("order", "orders", (r"orders?|ordered|purchases?|purchased|order count",)),
    ("order", "created_at", (
        r"newest|latest|most recent|recent|last(?= (?:note|outlier|failure|run|alert|episode|"
        r"customer|report|one)s?)",)),
)  # fmt: skip

TALK: tuple[Pattern, ...] = (
    ("intent", "help", (
            r"help(?: me)?|what (?:else )?can (?:you|i|we) (?:do|ask|help)(?: you| me|"
            r" with)?(?: for)?|how do(?:es)? (?:you|this|i use you) work|what do you do|"
            r"capabilit(?:y|ies)|what are you able to|commands",
        r"who are you|what are you|are you (?:an? )?(?:\w+ )?(?:bot|robot|human|real|ai|person|machine|"
        r"alive)|introduce yourself",
    )),
    ("intent", "hello", (
        r"hi|hello|hey(?: there)?|hiya|howdy|good (?:morning|afternoon|evening|day)|morning|yo|"
        r"moin|hallo|greetings|how are you(?: doing)?",)),
    ("intent", "thanks", (
            r"thanks?(?: you)?(?: very much| a lot| so much)?|cheers|great(?: job| work| stuff)?|perfect|"
            r"nice(?: one| work)?|awesome|got it|cool|good (?:job|bot|work)|well done|excellent|ok(?:ay)?|"
            r"bye|goodbye|good night|see you|love it|brilliant|appreciated?|much appreciated|lol|haha",
    )),
)  # fmt: skip

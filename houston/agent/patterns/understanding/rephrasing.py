"""Turns of phrase put plainly before anything is looked for: `the cheapest channel per lead`."""

import re

from houston.agent.patterns.understanding.dates import MONTH

UNITS = r"(?:channels?|days?|weeks?|months?|hours?|clients?|ones?|sources?|platforms?|way)"
CHEAP, DEAR = (
    r"(?:cheapest|least expensive|most affordable|lowest[- ]cost)",
    r"(?:priciest|most expensive|costliest|dearest)",
)
PRICED = r"(?:cheap(?:er)?|expensive|pric(?:e?y|ier)|dear(?:er)?|costl(?:y|ier))"
A = r"(?:an?|one|each|every)"
COIN = r"(?:dollars?|euros?|pounds?|bucks?|francs?|quid|[$€£])"
DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
HELD = r"(?:,? (?:vs|and|or|against|than|to|with|compared (?:to|with)|over)|,|/) ?"
COUNT = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|couple(?: of)?|few)"
SOURCES = r"(?:channel|source|platform|medium|network|stream|avenue)"
OF_A_SOURCE = (
    r"(?:lead|traffic|sales?|revenue|acquisition|order|booking|customer|client|media|income|money|business|"
    r"signup|donation|advertising|marketing|ad)"
)
WHICH = rf"(?:which|what|by|per|each|every|best|worst|top|{CHEAP}|{DEAR}|biggest|strongest|weakest|single)"
ORDINAL = r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
OF_A_MONTH = rf"(?:of|in) (?:the )?(?:{MONTH}(?: 20\d\d)?|(?:this |last |previous )?(?:month|quarter|year))"
MAKING = (
    r"(?:writing|drafting|preparing|composing|typing(?: up)?|proofreading|finishing|putting together|"
    r"working on|filling in|sitting over)"
)
TURNS: tuple[tuple[str, str], ...] = (
    (
        rf"^\W*(?:i am|i'm|we are|we're) (?:just |currently |busy |still )*{MAKING}\b[^,;:.?!]*?"
        r"(?:[,;:.–—]+(?: (?:and|so))?|,? (?:and|so)(?= (?:i|we|need|want|would|what|how)\b)) "
        r"(?:(?:i |we )?(?:need|want|would like)(?: to know| to have)? )?",
        "",
    ),
    (
        rf"\b(?P<first>{ORDINAL}) (?P<unit>{DAY}|weekend|week|half) (?P<of>{OF_A_MONTH})(?P<held>{HELD})"
        rf"(?:on |in )?(?:the )?(?P<second>{ORDINAL})(?: one| (?P=unit))?(?! (?:\w+ )?(?:{OF_A_MONTH}))"
        r"(?=\W*$|[?,.!;]| (?:by|for|on|in|per)\b)",
        r"\g<first> \g<unit> \g<of>\g<held>the \g<second> \g<unit> \g<of>",
    ),
    (
        rf"\b(?P<first>{ORDINAL})(?P<held>{HELD})(?:the )?(?P<second>{ORDINAL}) (?P<unit>{DAY}|weekend|week|"
        rf"half) (?P<of>{OF_A_MONTH})",
        r"\g<first> \g<unit> \g<of>\g<held>the \g<second> \g<unit> \g<of>",
    ),
    (
        rf"\b(?P<first>{DAY})(?P<held>{HELD})(?:the )?(?P<second>{DAY}) (?:of )?(?P<week>last|this|the "
        rf"previous) "
        r"week\b",
        r"\g<first> \g<week> week\g<held>\g<second> \g<week> week",
    ),
    (
        rf"\b(?P<week>last|this) week'?s?[,:]? (?P<first>{DAY})(?P<held>{HELD})(?:the )?(?P<second>{DAY})\b",
        r"\g<first> \g<week> week\g<held>\g<second> \g<week> week",
    ),
    (
        rf"\b(?P<count>{COUNT} (?:day|week|month)s) (?:before|prior to) (?!that|it|this|then)",
        r"\g<count> ahead of ",
    ),
    (
        r"\b(?:customers?|guests?|clients|visitors?|people|buyers?|shoppers?) (?:pays?|paid|spends?|spent)"
        rf"(?: us)? (?:per|for (?:a|one|each|every)|on (?:each|every)) (?!{UNITS}\b)(?P<one>\w+)",
        r"revenue per \g<one>",
    ),
    (
        rf"\b(?P<which>{WHICH}) {OF_A_SOURCE} (?P<source>{SOURCES})(?P<many>s?)\b",
        r"\g<which> channel\g<many>",
    ),
    (
        r"\b(?:pay|paid|paying|spend|spent|spending|shell(?:ed|ing)? out|fork(?:ed|ing)? out)(?: us)? "
        rf"(?:for|per|on) (?:a single|each single|a|an|one|each|every)(?! {UNITS}\b| of\b)(?! (?:\w+ )?"
        r"(?:campaign|ad|average|account|lot|bit|whole|couple|few)s?\b) (?P<one>\w+)",
        r"cost per \g<one>",
    ),
    (
        r"\b(?:how much|what) (?P<do>do|does|did|have|has|are|is|was|were) (?:we|they|i|you|it) (?:take|took|"
        r"taken|taking|earn(?:ed|ing)?|mak(?:e|ing)|made|get|got|getting|bring in|gross(?:ed)?) (?:in )?"
        rf"(?:per|for (?:a|one|each|every)|from (?:each|every)|a|on each) (?!{UNITS}\b)(?P<one>\w+)",
        r"\g<do> revenue per \g<one>",
    ),
    (
        r"\b(?:ma[dk]e|earn(?:ed)?|br(?:ing|ought)|g[eo]t|pa(?:y|id)) back (?:what|more than|as much as|all "
        r"(?:that )?)\s*(?:it|they|we|we've|i|that) (?:ha(?:s|ve|d) )?(?:costs?|spen[dt]|paid)"
        r"(?: us)?(?: (?:on|for) (?:it|them|that))?",
        "earn in revenue against spend",
    ),
    (
        r"\bmoney (?:coming |going )?in(?P<and>,? (?:and|vs|against|minus|or|compared (?:with|to)) )(?:the "
        r")?(?:money )?(?:going )?out\b",
        r"revenue\g<and>spend",
    ),
    (
        r"\bhow long (?:do|did|does|have|must|should) (?:\w+ ){1,3}?(?:to )?wait(?:ed|ing)?\b(?: for)?",
        "what is the waiting time of",
    ),
    (rf"\bhow {PRICED} (?:is|was) {A} (?P<one>[a-z]+)\b", r"what was the cost per \g<one>"),
    (
        rf"\b(?:is|was|are|were|has|have) {A} (?P<one>[a-z]+)(?P<mid>(?: \w+){{0,5}}?)"
        rf"(?: getting| becoming| become| got| any| more| less| much| now)* {PRICED}(?:er)?\b",
        r"cost per \g<one>\g<mid>",
    ),
    (rf"\b(?:more |less )?{PRICED} (?:per|for {A}|by the) (?P<one>[a-z]+)\b", r"cost per \g<one>"),
    (
        rf"\b(?:what|how much) (?:did|does|do|has|have|is|was) (?:{A}|1|a single|the average) "
        rf"(?P<one>(?!of )[a-z]+(?: [a-z]+)??)(?P<mid> (?:from|via|on|through|by|in|at) [\w-]+(?: [\w-]+)?)? "
        r"(?:really |actually )?cost(?:ing)?(?: us)?\b",
        r"cost per \g<one>\g<mid>",
    ),
    (
        r"\bconvert(?:s|ed|ing)? (?:the )?(?P<how>best|better|worst|worse|most|least)\b",
        r"has the \g<how> conversion rate",
    ),
    (
        rf"\b(?:for|per|of) (?:every|each|a|one|1) {COIN}(?P<mid>.{{0,50}}?),? (?:what|how much) (?:did |"
        rf"do |does |have )?"
        r"(?:we |it |they )?(?:c[ao]mes?|g[eo]ts?|earn\w*|ma[dk]e|returned)(?: back| in| out)?\b",
        r"revenue per spend \g<mid>",
    ),
    (
        r"\beach of (?:the |these )?(?P<span>(?:last|past|previous) \w+ (?P<unit>day|week|month)s)\b",
        r"per \g<unit> \g<span>",
    ),
    (
        rf"\b{DAY},? (?:the )?(?=\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{MONTH}\b|{MONTH} \d{{1,2}}\b(?! ?:)|"
        r"\d{1,2}[./]\d{1,2}\b|\d{4}-\d)",
        "",
    ),
    (r"\bon (?:the|our) (?:books?|whole|ground|surface|horizon)\b", ""),
    (
        r"\bwho (?:usually |typically |generally |really |here )*(?:spends?|spent|pays?|paid)(?: us)?(?: "
        r"the)? (?P<rank>most|least)\b",
        r"customers with the \g<rank> revenue",
    ),
    (
        r"\bwho (?:usually |typically |generally |really |here )*(?:buys|bought|orders?|ordered)(?: the)? "
        r"(?P<rank>most|least)\b",
        r"customers with the \g<rank> orders",
    ),
    (
        rf"\b{CHEAP}\b(?P<what>.{{0,40}}?) (?:per|for (?:a|an|one|each|every)|by the) (?P<one>\w+)",
        r"lowest\g<what> cost per \g<one>",
    ),
    (
        rf"\b{DEAR}\b(?P<what>.{{0,40}}?) (?:per|for (?:a|an|one|each|every)|by the) (?P<one>\w+)",
        r"highest\g<what> cost per \g<one>",
    ),
    (r"\bmost cheaply\b", "cheapest"),
    (
        r"\b(?P<who>(?:which|what) \w+) (?:is|was) (?:the |our )*(?P<rank>biggest|top|highest|largest|"
        r"smallest|lowest) spender\b",
        r"\g<who> has the \g<rank> spend",
    ),
    (
        r"\b(?:second|2nd|third|3rd|fourth|4th|fifth|5th|next)[ -](?=(?:best|worst|highest|lowest|"
        r"biggest|largest|smallest|most|least|strongest|weakest|busiest|quietest|cheapest)\b)",
        "",
    ),
    (r"\bgrowth rate\b", "growth"),
    (r"\bnoon\b", "12:00"),
    (r"\bmidnight\b", "0:00"),
    (r"\bsame (?P<unit>day|weekday) (?:last|previous|prior|the) week\b(?! before)", r"same day last week"),
    (r"\bon (?:the |our )?(?P<what>\w+) front\b", r"on \g<what>"),
    (
        r"\bin terms of\b|\bwith regards? to\b|\bwith respect to\b|\bwhen it comes to\b|\bas for\b|\bas "
        r"regards\b|\bas far as\b",
        "for",
    ),
)
PLAIN = tuple((re.compile(pattern), plain) for pattern, plain in TURNS)


def rephrased(text: str) -> str:
    for pattern, plain in PLAIN:
        text = pattern.sub(plain, text)
    return text

"""The words that say what is wanted, as data: slot, value, patterns; earlier ones win a stretch of text."""

SAME = r"(?:the )?(?:very )?same (?:days?|time|period|weekday|stretch|point|dates?|week|month|quarter)"
PREVIOUS = r"(?:the )?(?:last|previous|prior|preceding|past)"
NOW = r"(?:(?:at|by|until|up to|to) )?(?:this|that|the same) (?:very )?(?:point|stage|time|moment)"
POINT = rf"(?:{NOW}(?: in the (?:week|month|quarter|year))?|(?:by|until|up to) now)"
"""How far the day, the week or the month has come."""
NOT_FROM = r"(?<!from )(?<!since )(?<!from the )(?<!since the )"
"""`from yesterday until now` names both ends of a period."""
HELD_TO = r"(?:(?<=vs )|(?<=than )|(?<=with )|(?<=against )|(?<=to )|(?<=as )|(?<=of ))"
"""Under an alert `the same time yesterday` is its hour, unless something is held against it."""


def elapsed(unit: str) -> str:
    """`at this point last week`, `last week by now`: as much of it as has passed of this one."""
    before = rf"(?!at the same time){POINT} (?:of |in )?{PREVIOUS} {unit}"
    return rf"{before}|{NOT_FROM}{PREVIOUS} {unit},? (?!at the same)(?:{NOW}|by now)"


GROUPED = (
    r"(?:by|per|for (?:each|every)|each|every|across(?: all| the| our)?|over(?: all)? the|"
    r"split by|grouped? by|broken down by|(?:split|break|breakdown)(?: it| this| that|"
    r" them)?(?: down| out| up)?(?: by| per| into| across)|in each|on each)"
)
RANKED = (
    r"(?:top|best|worst|highest|lowest|biggest|largest|smallest|strongest|weakest|most|"
    r"least|peak|busiest|quietest|cheapest|priciest)"
)
Pattern = tuple[str, str, tuple[str, ...]]

COMPARISONS: tuple[Pattern, ...] = (
    ("compare", "same_period_last_week", (
        elapsed("week"),
        rf"{SAME} (?:of |in )?(?:the )?{PREVIOUS} week|{PREVIOUS} week to date",
        rf"{SAME} (?:a|the|one) week (?:ago|before|earlier|prior)",
        r"(?:a|one) week (?:before|earlier|prior)",
        r"(?:vs|than|against|from|to|with) (?:a|one) week ago",
            r"(?:the |that )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
            r"weekend) (?:before|earlier|prior)(?! last)",
        r"the previous (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend)",
        r"(?:the same |same )?(?:week)[- ](?:on|over|to)[- ]week",
    )),
    ("compare", "same_period_last_month", (
        elapsed("month"),
        rf"{SAME} (?:of |in )?(?:the )?{PREVIOUS} month|{PREVIOUS} month to date",
        rf"{SAME} (?:a|the|one) month (?:ago|before|earlier|prior)",
        r"(?:a|one) month (?:before|earlier|prior)",
        r"(?:vs|than|against|from|to|with) (?:a|one) month ago",
        r"month[- ](?:on|over|to)[- ]month",
    )),
    ("compare", "same_period_last_year", (
        elapsed("year"),
        rf"{SAME} (?:of |in )?(?:the )?{PREVIOUS} year|{PREVIOUS} year to date",
        rf"{SAME} (?:a|the|one) year (?:ago|before|earlier|prior)",
        r"(?:a|one|the) year (?:before|earlier|prior)",
        r"(?:vs|than|against|on|from|to|with) (?:a|one) year ago",
        r"year[- ](?:on|over|to)[- ]year",
    )),
    ("compare", "previous_period", (
        rf"(?!(?:at )?the same time){POINT} yesterday|{NOT_FROM}yesterday,? (?!at the same)(?:{NOW}|by now)",
        rf"(?:at )?(?:the )?same point yesterday|{HELD_TO}(?:at )?(?:the )?same time yesterday",
        r"(?:the )?(?:previous|prior|preceding|earlier) (?:period|one|days?|weeks?|months?)(?! of)",
            r"(?:the )?(?:days?|week|month|quarter|period|time|one) (?:before|prior|"
            r"earlier)(?: that| it| this)?(?! last| yesterday)",
        r"(?:period|day)[- ](?:on|over)[- ](?:period|day)",
    )),
)  # fmt: skip
BREAKDOWNS: tuple[Pattern, ...] = (
    ("by", "client", (
        rf"{GROUPED} (?:clients?|accounts?|brands?|compan(?:y|ies))",
        r"(?:which|what|whose) (?:of (?:our|the|my) )?(?:clients?|accounts?|brands?)(?! (?:are|do|can))",
        rf"{RANKED}(?: performing)? (?:clients?|accounts?|brands?)",
        r"(?:(?:our|my|the|all|any) )+other (?:clients|accounts|brands)",
            r"(?:all|compare|rank|both|across)(?: of)?(?: the| our| my| all)*(?: two| three| four|"
            r" five| \d+)? (?:clients|accounts|brands)",
    )),
    ("by", "channel", (
            rf"{GROUPED} (?:(?:marketing|ad|paid|advertising) )?(?:channels?|sources?|platforms?|"
            rf"mediums?|networks?)",
            r"(?:which|what)(?: of (?:our|the|my))? (?:(?:marketing|ad|paid|"
            r"advertising) )?(?:channels?|sources?|platforms?|networks?)",
        rf"{RANKED}(?: performing| converting)? (?:marketing )?(?:channels?|sources?|platforms?)",
        r"channel[- ]?(?:wise|split|mix|breakdown|comparison|performance|level)|channelwise",
        r"(?:all |each |my |our |the |individual |single )?channels?",
        r"where (?:did|does|do|is|was|are|were|have|has)(?= .*\b(?:come|came|coming|most|least|"
        r"highest|lowest|cheapest)\b)",
    )),
    ("by", "weekday", (
        rf"{GROUPED} (?:weekday|day of (?:the )?week|dow)",
        r"(?:which|what) (?:weekday|day of (?:the )?week)s?",
        rf"{RANKED} (?:weekday|day of (?:the )?week)",
        r"weekday (?:pattern|split|breakdown)|days? of the week|(?:on |at )?(?:weekdays|weekends)|"
        r"(?:on|only) (?:work(?:ing)?|"
        r"business) days|(?:on )?(?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)",
    )),
    ("by", "hour", (
        rf"{GROUPED} (?:hour|hour of (?:the )?day|time of (?:the )?day)",
        r"(?:which|what|at what|at which) (?:hours?|time of (?:the )?day)(?: of (?:the )?day)?",
        r"(?:the )?rush hours?",
        r"(?:across|over|through|throughout|during|in the course of) (?:the|a) day(?! (?:of|before|after))",
        rf"{RANKED} (?:hour|hour of (?:the )?day|time of (?:the )?day)s?",
        r"hourly|hour by hour|(?:at )?what time|hours? of the day|intraday",
    )),
    ("by", "day", (
        rf"{GROUPED} (?:single )?(?:days?|date)",
        r"(?:which|what|on what|on which) (?:days?|date)",
        rf"(?:{RANKED}|single) days?",
        rf"(?<={'top '})\d+ days",
        rf"{RANKED} (?:\d+|two|three|four|five|seven|ten) days",
        r"daily|day[- ]by[- ]day|daywise|dates?(?= (?:with|had))",
    )),
    ("by", "week", (
        rf"{GROUPED} weeks?",
        r"(?:which|what) weeks?",
        rf"{RANKED}(?: (?:\d+|two|three))? weeks?",
        r"weekly|week[- ]by[- ]week",
    )),
    ("by", "month", (
        rf"{GROUPED} months?",
        r"(?:which|what) months?",
        rf"{RANKED}(?: (?:\d+|two|three))? months?",
        r"monthly|month[- ]by[- ]month",
    )),
    ("by", "time", (
        r"trend(?:s|ed|ing)?(?: line)?",
        "over time|time ?line|history|historical(?:ly)?",
        r"develop(?:ed|ing|ment|s)?",
        r"evol(?:ve[ds]?|ution|ving)",
        "time series|trajectory|progression|course of",
    )),
)  # fmt: skip
COMPARED: tuple[Pattern, ...] = (
    ("compare", "", (
        r"compar(?:e[ds]?|ing|able|ed)(?: it| that| this| them)?(?: to| with| against)?",
            r"in comparison(?: to| with)?|comparison|up against|side by side|head to head|stack(?:s|"
            r"ed)? up(?: against)?",
        r"vs|against|than|relative to|difference|differ(?:s|ent)?|delta|gap|held against",
        r"chang(?:e[ds]?|ing)",
        r"grew|grow(?:n|s|ing|th)?|declin(?:e[ds]?|ing)|increas(?:e[ds]?|ing)|decreas(?:e[ds]?|ing)",
            r"(?:up|down|ahead|better|worse|higher|lower|more|less|fewer) (?:on|from|than|or)|"
            r"up or down|better or worse",
    )),
)  # fmt: skip

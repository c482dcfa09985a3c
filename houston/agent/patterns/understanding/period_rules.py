"""How each way of naming a period is written; earlier ones are more specific."""

from houston.agent.patterns.understanding.dates import DATE, MONTH, ORDINAL, WEEKDAY
from houston.agent.patterns.understanding.parts import PARTS
from houston.agent.patterns.understanding.ranges import (
    COUNT,
    FOR,
    UNIT,
    YEAR_NAMED,
    between,
    date_of,
    day_of_month,
    days_of_month,
    days_of_newest_month,
    months,
    rule_of,
    since,
)
from houston.agent.patterns.understanding.units import (
    count_ago,
    counted_from,
    ever,
    fortnight,
    half,
    last_count,
    last_night,
    last_unit,
    month,
    quarter,
    since_beginning,
    this_unit,
    to_date,
    today_of,
    week_number,
    week_of,
    weekend,
    year,
)

WHOLE = r"(?:full |whole |complete |entire |calendar |business )?"

TO = r"\s*(?:-|–|—|\+|&|to|and|until|till|through|thru|up to)\s*(?:the )?"

OR_TO = TO.replace(r"|to|", r"|/|to|")

NTH = r"\d{1,2}(?:st|nd|rd|th)"

SPAN = (
    rf"(?:{DATE}|{MONTH}(?:\s+20\d\d)?|{UNIT} before last|(?:last|previous|this) {UNIT}"
    r"|q[1-4](?:\s+20\d\d)?|20\d\d)"
)

RULES = (
    *PARTS,
    rule_of(
        rf"(?:from |on |between )?(?:the )?(?P<first>{ORDINAL}){OR_TO}(?P<last>{ORDINAL})"
        rf"\s+(?:of )?(?P<month>{MONTH}){YEAR_NAMED}",
        days_of_month,
    ),
    rule_of(
        rf"(?:on |from |between )?(?P<month>{MONTH})\s+(?:the "
        rf")?(?P<first>{ORDINAL}){OR_TO}(?P<last>{ORDINAL})"
        r"(?:,?\s+(?P<year>20\d\d))?",
        days_of_month,
    ),
    rule_of(rf"(?:from |between )(?:the )?(?P<first>{SPAN}){TO}(?P<last>{SPAN})", between),
    rule_of(
        rf"(?:from |between )(?:the )?(?P<first>{NTH}){TO}(?P<last>{NTH})(?! (?:of )?{MONTH}\b)",
        days_of_newest_month,
    ),
    rule_of(
        rf"(?P<first>{DATE})\s*(?:-|–|—|\.\.\.?|…|to|until|through|thru|till|up to)\s*(?P<last>{DATE})",
        between,
    ),
    rule_of(
        rf"{FOR}(?:last |past )?(?P<count>{COUNT}) (?P<unit>{UNIT})s? "
        rf"(?P<way>up to|until|till|through|ending|to|ahead of|leading up to|after|following|from|starting)"
        rf"(?: and including)?(?: on)?(?: the)? (?P<point>{DATE})",
        counted_from,
    ),
    rule_of(
        rf"(?:on |for |at |of |from )?(?:the )?(?P<day>{WEEKDAY} (?:of )?(?:last|this|the previous) week)",
        date_of,
    ),
    rule_of(rf"(?P<first>{ORDINAL} {MONTH})\s*[/+&]\s*(?P<last>{ORDINAL} {MONTH})", between),
    rule_of(
        rf"{FOR}(?:week|wk) (?:(?:of|starting|beginning|commencing|from)|"
        rf"(?P<ending>ending))(?: on)?(?: the)? (?P<day>{DATE}|\d{{1,2}}(?:st|nd|rd|th))",
        week_of,
    ),
    rule_of(
        rf"{FOR}(?:calendar )?(?:week|cw|kw|wk)(?: (?:no|"
        rf"number))? ?(?P<number>\d{{1,2}}){YEAR_NAMED}(?! days?| weeks?)",
        week_number,
    ),
    rule_of(
        rf"(?:since|from) (?:the )?(?:start|beginning) of (?:the |this )?(?P<unit>{UNIT})", since_beginning
    ),
    rule_of(
        rf"(?:ever )?(?P<word>since|after|starting|as of) (?:the )?(?:start of |"
        rf"beginning of )?(?P<first>{SPAN}|{NTH})(?: on| onwards?)?",
        since,
    ),
    rule_of(
        rf"(?P<word>from) (?:the )?(?P<first>{SPAN}) (?:on|onwards?|till (?:now|today)|until (?:now|today))",
        since,
    ),
    rule_of(
        rf"{FOR}(?:last|past|previous|latest|recent|preceding)\s+(?P<count>{COUNT})\s*{WHOLE}"
        r"(?P<unit>hours?|hrs?|days?|weeks?|months?|quarters?|years?|[hdwm])",
        last_count,
    ),
    rule_of(r"(?P<count>\d{1,3})(?P<unit>[dh])", last_count),
    rule_of(rf"{FOR}(?:last|past|previous) fortnight", fortnight),
    rule_of(rf"(?:from )?(?P<count>{COUNT})\s+(?P<unit>{UNIT})s?\s+(?:ago|back)", count_ago),
    rule_of(rf"{FOR}(?P<unit>{UNIT}) (?P<before>before last)(?P<word>)", last_unit),
    rule_of(
        rf"(?:so far )?{FOR}(?:this|current|ongoing) (?P<unit>{UNIT})(?:'?s)?(?: so far| to date| until "
        rf"now)?",
        this_unit,
    ),
    rule_of(rf"(?P<unit>{UNIT}) to date", this_unit),
    rule_of(r"wtd|mtd|qtd|ytd", to_date),
    rule_of(
        rf"{FOR}(?:this )?(?P<whose>)(?P<word>first|second|third|fourth|1st|2nd|3rd|"
        rf"4th) quarter(?P<number>){YEAR_NAMED}",
        quarter,
    ),
    rule_of(
        rf"{FOR}(?P<whose>last year'?s |this year'?s )?q(?P<number>[1-4])(?P<word>){YEAR_NAMED}", quarter
    ),
    rule_of(rf"{FOR}h(?P<number>[12]){YEAR_NAMED}", half),
    rule_of(rf"{FOR}(?P<month>{MONTH})(?:,? (?:of |in )?|')(?P<lastyear>last year)(?:'s)?(?P<year>)", month),
    rule_of(rf"{FOR}(?P<month>{MONTH})(?P<lastyear>) (?:of )?this year(?:'s)?(?P<year>)", month),
    rule_of(rf"{FOR}(?P<lastyear>last year'?s) (?P<month>{MONTH})(?P<year>)", month),
    rule_of(rf"{FOR}(?P<word>)q(?P<number>[1-4]) (?:of )?(?P<whose>last|this) year(?P<year>)", quarter),
    rule_of(rf"(?:on |for |at |around |of |from |in |during )?(?:the )?(?P<day>{DATE})(?! before)", date_of),
    rule_of(
        rf"{FOR}(?:this )?(?P<word>last|previous|past|prior) {WHOLE}(?P<unit>{UNIT})(?!s of\b)(?:'s|"
        rf"(?<!the last )(?<!the last week)(?<!the last month)s(?= [a-z]))?(?P<before>)",
        last_unit,
    ),
    rule_of(
        rf"(?:on |at )?{FOR}(?P<word>last |this |past |previous |)(?<!\ba )weekend(?P<before> before last)?",
        weekend,
    ),
    rule_of(
        rf"{FOR}(?P<first>{MONTH})\s*(?:-|–|to|through|until|till)\s*(?P<last>{MONTH}){YEAR_NAMED}", months
    ),
    rule_of(
        rf"(?:in |for |during |of |over |last |this |from |since )(?:the month of "
        rf")?(?P<month>{MONTH})(?P<lastyear> (?:of )?last year)?(?:'s)?{YEAR_NAMED}",
        month,
    ),
    rule_of(
        rf"(?<!\d )(?<!of )(?P<month>{MONTH}(?<!may))(?P<lastyear> (?:of )?last year)?(?:'s)?{YEAR_NAMED}",
        month,
    ),
    rule_of(
        rf"(?<!\b[iI] )(?<!we )(?<!you )(?<!it )(?<!that )(?<!they )(?P<month>may)(?P<lastyear> (?:of "
        rf")?last year)?(?:'s)?{YEAR_NAMED}(?=\s*(?:$|[?!.,;:)–-]|(?:vs|and|or|to|against|compared|than|by|"
        rf"per|with|for|on|in|minus|together|combined)\b))",
        month,
    ),
    rule_of(
        r"(?<!above )(?<!below )(?<!over )(?<!under )(?<!exceed )(?<!exceeded )(?<!reached )(?<!reach )"
        r"(?<!at least )(?<!at most )(?<!more than )(?<!less than )(?<!fewer than )"
        r"(?:in |for |during |of |since )?(?:the )?(?:year )?(?P<year>20\d\d)",
        year,
    ),
    rule_of(r"(?:this|earlier this) (?:morning|afternoon|evening)|tonight", today_of),
    rule_of(
        r"(?:on|of|for|from) (?:the )?(?P<day>\d{1,2}\.\d{1,2})(?!\.?\d|\s?%|\s?(?:k|m|percent|times|x)\b)",
        date_of,
    ),
    rule_of(r"last night|overnight", last_night),
    rule_of(
        r"(?:on |from |for )?the (?P<number>\d{1,2})(?:st|nd|rd|th)(?! (?:half|quarter|week|day|place|best|"
        r"one))",
        day_of_month,
    ),
    rule_of(
        r"(?:of |for )?all[- ]time|(?:since|from) (?:the )?(?:very )?beginning|ever(?=\W*$)|"
        r"(?<=day )ever|(?<=week )ever|(?<=month )ever|(?<=best )ever|(?<=worst )ever|to date|in history|"
        r"since (?:the )?start|on record",
        ever,
    ),
)

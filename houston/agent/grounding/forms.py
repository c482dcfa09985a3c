"""How people write dates and times."""

import re

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
UNTIL = (
    r"(?:\s?[–—−-]\s?|\s(?:to|until|through|and)\s)"
    r"(?P<until>[12]\d|3[01]|0?[1-9])(?!\d|\son\b)(?:st|nd|rd|th)?"
)
YEAR = r"(?:,?\s(?P<year>(?:19|20)\d\d)\b(?![.,]\d|\s?%))?"
CLOCK = r"(?:[T ,]\s?(?P<clock>\d{1,2}:\d{2})(?::\d{2})?(?:\.\d+)?(?:Z|\+\d\d:\d\d)?)?"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d{{1,2}})-(?P<day>\d{{1,2}}){CLOCK}",
        rf"\b{DAY}(?:{UNTIL})?(?:\sof)?\s(?P<month>{MONTH}){YEAR}",
        rf"\b(?P<month>{MONTH})\s{DAY}(?:{UNTIL})?\b(?![:.,]?\d|\s?%){YEAR}",
        r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>20\d\d)(?![\d%])",
        r"\b(?P<number>\d{1,2})/(?P<day>\d{1,2})/(?P<year>20\d\d)\b(?![\d/%])",
        rf"(?P<month>{MONTH})\s(?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])\b(?!-)",
        r"\b(?P<quarter>[QH][1-4])\b(?:\s(?:of\s)?(?P<year>20\d\d))?",
        r"\b(?:week|CW|KW|W)\s?(?P<week>\d{1,2})\b(?:,?\s(?:of\s)?(?P<year>20\d\d))?",
        r"\b(?P<clock>\d{1,2}:\d{2})(?::\d{2})?(?:\s?(?P<half>am|pm))?(?!\d)",
        r"\b(?P<hour>\d{1,2})\s?(?P<half>am|pm|o['’]clock)\b",
    )
)
NAMED = re.compile(
    rf"(?P<month>\b(?!may\b|march\b|mar\b){MONTH})"
    r"|(?P<may>\b(?:in|since|of|until|for|last|this|during|from|vs\.?|versus|than|and|to)"
    r"\s(?:May|March)\b)"
    r"|(?P<relative>\b(?:yesterday|today|last week|this week|last month|this month)\b)"
    r"|(?P<beside>\b(?:(?:the )?(?:(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve|fourteen|thirty) )?(?:week|month|day|year|quarter|period|same day)s?"
    r" (?:before|after|earlier)"
    r"|(?:previous|prior|preceding|next|following|other|same|remaining) (?:\w+ )?"
    r"(?:weeks?|months?|days?|years?|quarters?|periods?)"
    r"|previously|before that|beforehand|earlier|(?:a|one) (?:week|month|year)"
    r" (?:ago|earlier|before)|otherwise|the rest"
    r"|before(?=[\s*_:]*[$€£]?\d))\b)"
    r"|(?P<weekday>\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b)",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\b(?:since|from|until|till|to|through|thru|by|starting|beginning|ending|after|before|week of"
    r"|as of|up to|between|and|–|-|week starting)\s(?:\w{3,9},?\s)?$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s?(?:[–—−→-]|to|until|through|\.\.+)\s?(?:\w{3,9},?\s)?")
HAS_YEAR = re.compile(r"(?:19|20)\d\d")

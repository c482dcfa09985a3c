"""Numbers and words that change what is asked, and that nothing has read: no figure is given past them."""

import re
from dataclasses import replace

from houston.agent.patterns.understanding.chosen import LEFT_OUT, LIMIT
from houston.agent.patterns.understanding.dates import MONTH
from houston.agent.patterns.understanding.earlier import PASSED
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import COUNT_WORDS, Reading
from houston.agent.patterns.understanding.reckoned import hour_spans

ADDED_UP = ("cumulative", "running total")
FIGURES = ("performance", "overview")
NUMBER = re.compile(
    rf"(?<![\w#.,-])(?<!our )(?<!these )(?<!all )[$€£]?\d[\d.,]*(?:%|k|m|st|nd|rd|th)?(?![\w-]| {MONTH}\b)"
    r"(?: ?(?:percent|best|worst|days?|weeks?|months?)\b)?"
    r"|(?<!the )(?<!these )\b(?:two|three|four|five|six|seven|ten) (?:days|weeks|months)\b"
    r"|\bevery (?:second|third|fourth|other) \w+|\b(?:second|third|fourth|fifth) (?=day|week|month|hour)\w+"
)
QUALITY = re.compile(
    r"\b(?:most|least) (?!recent|valuable|productive|lucrative|profitable|successful|expensive)"
    r"\w+(?:able|ible|ile|ive|ent|ant|ous|ic|eady)\b"
)
"""`the most stable revenue` is not the highest."""
RECKONED = re.compile(
    r"\b(?:standard deviations?|moving|rolling|cumulative|running (?:total|sum)|(?:in a|on the) row|"
    r"consecutive(?:ly)?|streaks?|modes?|varian(?:ce|t)|percentiles?|quartiles?|correlat\w+|compound|twice|"
    r"double|half(?= (?:of )?(?:the\b|our\b|\|))|thrice)\b"
    r"|\b(?:this|last|previous|past|whole|all|so far|the|our) (?:(?:ski|high|low|main|peak|school) )?"
    r"(?:season|term|semester|sprint|summer|winter|spring|autumn)\b(?! \w*(?:sale|collection|campaign)s?\b)"
    r"|\b(?:first|last|past|other) (?:two|three|four|five|six|seven|ten)(?= \||\W*$)"
    r"|\b(?:first|last) (?:days|weeks|months)\b|\b(?:early|late|mid)(?=[ -]\|)"
)


def with_left_over(question: Question, reading: Reading) -> Question:
    asked = question.intent in FIGURES or (question.intent == "unknown" and question.strays)
    if not asked or (question.follows and not reading.named("metric")):
        return question
    found = (*question.strays, *_numbers(question, reading), *_words(question, reading))
    return replace(question, strays=tuple(dict.fromkeys(found)))


def _numbers(question: Question, reading: Reading) -> list[str]:
    if question.formula:
        return []
    said = [match[0].strip() for match in NUMBER.finditer(_unread(question, reading))]
    limit = question.limit if question.rank else None
    known = {str(limit), *(word for word, count in COUNT_WORDS.items() if count == limit)}
    return [words for words in said if words.split()[0] not in known]


def _unread(question: Question, reading: Reading) -> str:
    """With a gap where a period, a name or a word that says what is wanted stands."""
    spans = hour_spans(reading.text)
    spans += [match.span() for match in LIMIT.finditer(reading.text) if question.bounds]
    spans += [(one.start, one.end) for one in reading.found]
    spans += [(one.start, one.end) for one in reading.names]
    text = reading.text
    for start, end in [*spans, *(cue.span for cue in reading.cues)]:
        text = text[:start] + "|" * (end - start) + text[end:]
    return text


def _words(question: Question, reading: Reading) -> list[str]:
    """What reckons or grades in a way that nothing here does, and what is left out of a period."""
    said = [match[0] for match in QUALITY.finditer(reading.text)]
    if not question.formula:
        said += [match[0] for match in RECKONED.finditer(_unread(question, reading))]
    said = [words for words in said if not (words in ADDED_UP and question.by == "total")]
    past = [one for one in reading.found if not one.period.so_far]
    said += [match[0] for match in PASSED.finditer(_unread(question, reading)) if past]
    without = [one for one in reading.found if LEFT_OUT.search(reading.text[: one.start])]
    return [*said, *(f"without {reading.text[one.start : one.end]}" for one in without)]

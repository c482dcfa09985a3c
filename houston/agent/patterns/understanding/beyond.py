"""What the data here can never answer: the future, the world outside, advice."""

import re

NO_DATA = (
    r"\b(?:weather|temperature|rain(?:ing)?|sunny|stock price|share price|stocks?(?! up)|bitcoin|crypto|"
    r"exchange rate|inflation|interest rates?|gdp|football|soccer|election|president|recipe|capital of|"
    r"population|lottery|horoscope|movie|song|poem|(?<!the )story|joke|haiku|limerick|riddle|sonnet|"
    r"rhymes?|ballad|fairy tale|lyrics|traffic jam|train|flight|restaurant|lunch menu|pizza)\b",
    r"\bmarket shares?\b(?! of)|\b(?:competitors?|competition|industry|market|benchmarks?)(?:'s|s')?\b(?! "
    r"(?:share|mix))|\b(?:rivals?|amazon|zalando|peers?)(?:'s|s')? (?:revenue|spend|sales|doing|cpc|roas|"
    r"numbers)",
    r"\b(?:forecasts?|predict(?:ion|ions|ed|s)?|projections?|project(?:ed)?(?= (?:revenue|sales|spend|for|"
    r"next))|estimate(?:d)?(?= (?:for|next))|extrapolat\w+|outlook|going to be|expect(?:ed)? (?:next|to "
    r"(?:grow|be|reach|have|make)) ?|budget for next|anticipate\w*|run[- ]rate)\b",
    r"\bwill (?:we|i|it|they|he|she|there|our|the|revenue|spend|sales|clicks|be)\b(?!.*\bholiday)|\bwhat "
    r"(?:would|if)\b.{0,40}\b(?:if|we|were)\b|\bif (?:we|i) (?:increase|double|cut|raise|lower|spend|stop)",
    r"\b(?:next|coming|upcoming|following) (?:day|week|month|quarter|year|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|weekend|\d+ (?:days|weeks|months))s?\b|"
    r"\btomorrow\b|\bin (?:the )?future\b|\bin (?:two|three|four|five|six|ten|\d+|"
    r"a few) (?:days?|weeks?|months?|years?)(?:'? time)?\b(?! of)|\bin a (?:day|week|month|year)'?s? time\b",
    r"\bwill\b(?! (?:you|u|ya)\b)(?!.*\bholiday)|\b(?:we|it|they|that|there)'ll (?:be|have|get|make|"
    r"reach|hit|do|see|sell|lose|gain|grow|earn|spend|end|finish|need)\b|"
    r"\bon (?:track|course|pace) (?:to|for)\b|\bon track\b(?=\W*$)|\bat (?:this|the current) (?:rate|pace)\b|"
    r"\b(?:heading|headed|pacing) (?:for|to|towards?)\b|\blikely to\b|\b(?:rest|remainder) of (?:the|this) "
    r"(?:week|month|quarter|year)\b|\bgoing to\b(?! (?:the|our|my|an?|which|slack)\b| #)",
    r"\bexpect(?:ed|s|ing|ations?)?\b[^.?!]{0,30}\bby (?:the (?:end|summer|winter|spring|autumn)|year|"
    r"summer|winter|spring|autumn|christmas|easter|q[1-4])\b|\b(?:can|should|do|might|could) (?:we|i|you) "
    r"expect\b|\b(?:projected|foreseen|prognos[ei]s\w*|foresee\w*)\b|\bby (?:the )?(?:year[- ]end|month[- "
    r"]end|quarter[- ]end|eoy|eom|eoq|end of (?:the|this|next) (?:week|month|quarter|year))\b",
    r"\b(?:other|similar|comparable|rival|competing|neighbou?ring|average|typical) (?:hotels?|shops?|"
    r"stores?|retailers?|supermarkets?|grocers?|practices?|clinics?|dentists?|restaurants?|start-?ups?|firms?|"
    r"businesses|compan(?:y|ies)|vendors?|players|agenc(?:y|ies)|saas)\b|\b(?:sector|niche|market|industry)\b"
    r"[- ](?:average|wide|norm|standard)s?\b|\b(?:our|the|this) (?:sector|niche)\b",
    r"\b(?:meaning of life|what is love|how old (?:is|are)|who won|tell me about yourself|capital city|"
    r"translate|birthday|(?:how|who) (?:are|is) (?:my|your) (?:mom|wife|husband|boss)|sing|how tall)\b",
    r"\b(?:should (?:we|i) (?:spend|invest|increase|raise|cut|buy|sell|fire|hire|stop|pause|"
    r"shift|move|double))\b",
)

BEYOND = tuple(re.compile(pattern) for pattern in NO_DATA)


def beyond(text: str) -> str:
    """The words that ask for something no data here can say; empty where there are none."""
    found = next((match for pattern in BEYOND if (match := pattern.search(text))), None)
    return found[0].strip() if found else ""

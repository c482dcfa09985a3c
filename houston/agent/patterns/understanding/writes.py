"""Which change a message asks for."""

import re

from houston.agent.patterns.understanding.declined import FORBIDDEN

START = (
    r"^(?:\W*(?:hey|hi|ok|okay|great|thanks|houston|please|pls|(?:can|could|would|will) you|"
    r"(?:i|we) (?:want|need)(?: you)? to|(?:i|we)(?:'d| would) like(?: you)? to|let's|kindly|and|also|then|"
    r"now|just|so)\b[\s,.!:;…–-]+)*\W*"
)
A = r"(?:(?:a|an|the|another|this|that|it|new|quick|short|me|us|up|down|as|in|one more|my|our) )*"
TELL = r"(?:alert|notify|warn|ping|inform|message|dm|pm|text|tell|let)"
TOLD = r"(?:(?:me|us|the team)(?: know)?(?: (?:in|on|at) (?:#[\w-]+|<#[^>]+>))?|#[\w-]+|<#[^>]+>)"
AGREED = (
    r"(?:(?:got it|ok(?:ay)?|sure|right|thanks|thank you|thx|yes|yep|roger|understood|alright)[,.!;:]* )*"
)
HUSHED = (
    r"(?:keep|put|set|make) (?:it|this|that)(?: one)? (?:quiet|silent|muted|(?:on|to) (?:snooze|mute|hold|"
    r"silent|ice))\b|(?:let (?:it|this|that)(?: one)? (?:rest|sleep|be)|park (?:it|this|that)(?: one)?|come "
    r"back to (?:it|this|that))(?= (?:until|till|for)\b)"
)
"""Said of an alert, it is snoozed."""
ON_IT = (
    r"(?:(?:i(?:'?m| am)|we(?:'?re| are))(?: \w+ly| already)? (?:on|handling|aware of|looking (?:at|into)|"
    r"dealing with|taking care of|checking|investigating) |on |looking into |checking |leave |"
    r"investigating )(?:it|this|that)(?: one)?(?: (?:with|to) me)?(?=\W*$|[,.;!] | (?:now|already|too|"
    r"right|today|thanks|guys|team|asap)\b)"
)
"""Said under an alert, it is acknowledged; it says of nothing else."""
ASKS = (
    r"\W*(?:which|what|where|who|whom|whose|when|do|does|did|is|are|was|were|how|has|have|list|why|any|show|"
    r"find|give|read|tell me (?:who|what|which|how|when|where|whether|about))\b"
)
NEW_ONE = r"[^:]{0,40}\b(?:in|into|to|as) (?:a|another) (?:new |quick |short )?"
EVENT = (
    r"(?:there(?:'s| is| are| was| were| has been)? |we (?:get|have|see) |you (?:see|find|spot) |something "
    r"is |anyone |anybody |someone |somebody |any |all |every |each |a |an |new |the |critical |serious |"
    r"daily |outlier |data |adds? |writes? |posts? |leaves? |makes? |creates? |are |is |warning "
    r")*(?:outliers?|anomal\w+|(?:task|job|pipeline|import|sync)s? (?:fail\w*|breaks?|crash\w*|errors?)|"
    r"failures?|errors?|notes?\b|digests?|incidents?|(?:task|job|pipeline|import)s? (?:runs? )?(?:fail\w*|"
    r"break\w*))"
)
"""What a rule can tell of, beside what an alert looks at: the rows of a report."""
WRITES: tuple[tuple[str, str], ...] = (
    ("create_outlier_definition",
        rf"{START}(?:(?:start|begin) )?(?:watch|monitor|keep an eye on|check|observe)(?:ing)?\b.{{0,60}}"
        rf"\b(?:outliers?|anomal\w+|spikes?|deviations?|unusual)|{START}(?:create|add|set up|make|define|"
        rf"start) {A}(?:outlier|anomaly)[- ]?(?:definition|check|detection|detector|monitor\w*|"
        rf"watch)|{START}(?:(?:start|begin) )?(?:watch|monitor|keep(?:ing)? an eye on)(?:ing)? (?!out)"),
    ("create_rule",
        rf"{START}(?:create|add|set up|make|define) {A}(?:routing |notification )?rule\b|{START}(?:send|"
        rf"route|post|deliver|forward)\b.{{0,40}}\b(?:outliers?|alerts?|failures?|errors?|notes?|digests?|"
        rf"events?|incidents?)\b.{{0,30}}\b(?:to|into|in)\b|{START}{TELL} {TOLD}(?: \w+)?,? (?:when|"
        rf"whenever|once|as soon as|every time|each time) {EVENT}|{START}(?!tell|let|message|text){TELL} "
        rf"{TOLD}(?: \w+)?,? (?:if|about|of|on|for|with) {EVENT}|{START}(?:tell|let|message|text) {TOLD} "
        rf"if (?!there (?:is|are|was|were)|any|we had|you saw){EVENT}|{START}(?:{EVENT}) (?:should|must|"
        rf"shall|need to|have to) (?:go|be (?:sent|posted|routed)|land|end up)\b|{START}(?:when|if|"
        rf"whenever|every time|each time|as soon as) {EVENT}.{{0,40}},? {TELL} {TOLD}"),
    ("create_alert",
        rf"{START}(?:alert|notify|warn|ping|tell|inform|message) (?:me|us|the team)\b.{{0,20}}\b(?:when|if|"
        rf"whenever|once|as soon as)\b(?! (?:there|any\w*|some\w*)\b)|{START}let (?:me|us) know (?:when|if|"
        rf"whenever|once)\b(?! (?:there|any\w*|some\w*)\b)|{START}(?:create|add|set up|make|define|"
        rf"configure) {A}(?:\w+ )?alert\b|{START}(?:alert|notify|warn) (?:me|us)\W*$"),
    ("change_kept",
        rf"{START}(?:change|edit|update|modify|adjust|correct|alter|rework) (?!me\b|us\b)(?:[\w-]+ ){{0,4}}?"
        rf"(?:rule|alert|(?:outlier )?definition|notification)\b(?! (?:text|message))|"
        rf"{START}(?:stop|quit|no longer|do not|don'?t) (?:posting|sending|routing|writing|post|send|"
        rf"route)\b.*(?:#\w|<#)"),
    ("snooze",
        rf"{START}(?:snooze|mute|silence|hush|shush|sh+|(?:keep |be |stay )?quiet(?=,? (?:please|until|"
        rf"till|for|it|this)\b)|{HUSHED}|pause (?:it|this|the alerts?)|shut (?:it|this) up|(?:don'?t|do not) "
        rf"(?:bother|alert|ping|nag|notify|disturb|warn) (?:me|us)|leave (?:me|us) (?:alone|in peace)|stop "
        rf"(?:alerting|nagging|bugging))\b"),
    ("acknowledge",
        rf"{START}(?:ack|acknowledge|acked|i'?ll take care|(?:i'?ll|let me) (?:take|handle|look (?:at|"
        rf"into)|deal with|check|sort|fix|investigate|own) (?:it|this|that)(?: one)?(?=\W*$|[,.;!]| (?:now|"
        rf"today|myself|asap))|i'?m on (?:it|this)|mine(?=\W*$)|assign (?:it|this) to me|mark as (?:seen|"
        rf"known)|taking (?:it|this)|i(?:'ve| have)? got (?:it|this)|{AGREED}{ON_IT}|mark (?:it|this|the "
        rf"(?:alert|outlier|incident|episode)) as (?:seen|acknowledged|known))\b"),
    ("edit_note",
        rf"{START}(?:edit|update|change|rename|correct|amend|reword|close|reopen|re-open|finish|complete|"
        rf"resolve|mark|set|tick off|check off|move|put(?! (?:an?|another|down)\b)|retitle|rewrite|replace|"
        rf"append)\b(?!{NEW_ONE}).{{0,80}}?\b(?:note|to-?do|memo)\b|{START}(?:mark|set|close|reopen|put|"
        rf"move)\b.{{3,80}}\b(?:as|to|into|on) (?:done|open|in[- ]progress|closed|finished)\b|"
        rf"{START}(?:mark|set|call) (?:it|this|that) (?:done|closed|finished)\b|{START}(?:rename|"
        rf"retitle)\b|{START}(?:change|set|update|edit|replace|rewrite|correct) (?:the )?(?:text|body|"
        rf"content|title|heading|wording) (?:of|for|on|in)\b|{START}make (?:the|our|my|that|this) "
        rf".{{1,80}}\b(?:note|memo|to-?do) (?:say|read)\b|{START}(?:add|append|attach)\b "
        rf"(?!{NEW_ONE})(?!{A}(?:\w+ )?(?:note|memo|to-?do)\b).{{0,160}}?\b(?:to|in|into|onto|under) "
        rf"(?:(?:the|our|my|that|this) )?(?:[\w' -]{{1,60}} )?(?:note|memo|to-?do)\b|"
        rf"^(?!{ASKS})[^?]*\b(?:note|memo|to-?do)\b[\w' -]*? (?:is|(?:can|should|must|may|could) be|needs "
        rf"to be|has to be)(?: now| already)?(?: set to| marked(?: as)?)? (?:done|closed|finished|"
        rf"completed?|reopened|in[- ]progress)\b"),
    ("create_note",
        rf"{START}(?:create|add|make|set up|leave|write|log|save|take|record|file|put|jot|post(?! "
        rf"?-?mortem)|drop|open|enter|start){'(?: down)?'} {A}(?:\w+ )?(?:note|memo|to-?do|reminder)\b|"
        rf"{START}(?:add|put|save|write|log|record|copy|turn|make)\b{NEW_ONE}(?:note|memo)\b|{START}(?:a "
        rf")?new (?:note|memo)(?!\?)\b|{START}(?:write|put|record) (?:in|into) (?:the |our |my )?notes?,? "
        rf"that\b|{START}(?:note|remember|jot(?: this| it)? down|write(?: this| it)? down|make a note|take "
        rf"note|note down|keep in mind|nb|memo|todo|to-?do|log|record|put on record|save)(?: (?:for|about|"
        rf"on|under|to) (?:the )?[\w'&.-]+(?: [\w'&.-]+){{0,2}}?)?(?:\s*:|,? that\b|\s+down\b)|"
        rf"{START}remind (?:the team|everyone|us|me|everybody|them|all)\b(?! (?:which|what|who|how|when|"
        rf"where|why)\b)"),
)  # fmt: skip
PLACE = re.compile(r"(?<![\w&])#[a-z][\w-]*|<#\w+", re.IGNORECASE)
OF_EVENTS = re.compile(
    r"\b(?:outliers?|anomal\w+|(?:failed|failing|broken) (?:jobs?|tasks?|imports?|syncs?|runs?)|failures?|"
    r"(?:system )?errors?|(?:new )?notes?|digests?|data alerts?|incidents?)\b", re.IGNORECASE,
)  # fmt: skip
SENT = re.compile(
    rf"{START}(?:(?:i|we)(?:'d| would)? (?:want|need|like|love)\b|post|send|route|deliver|forward|publish|"
    rf"share|copy|have|get|direct|pipe|push|put)\b|{START}{TELL} (?:#|<#)|^\W*(?:can|could|may|"
    rf"should)\b.*\b(?:go|land|come|"
    r"appear|be (?:sent|posted|routed|told))\b", re.IGNORECASE,
)  # fmt: skip
ONCE = re.compile(
    r"\b(?:yesterday|today|last|this (?:week|month|morning)|so far|now|these|those|list)\b", re.IGNORECASE
)
THRESHOLD = re.compile(
    r"(?:\b(?:below|under|above|over|less than|more than|fewer than|greater than|exceeds?|at least|"
    r"at most)|[<>]=?) "
    r"?[$€£]?\d", re.IGNORECASE,
)  # fmt: skip
TOLD_WHEN = re.compile(
    r"\b(?:alert|alerted|notify|notified|warn|warned|ping|tell|told|inform|informed|message|know|heads[- "
    r"]up)\b.{0,60}?\b(?:when|if|whenever|once|as soon as|every time)\b"
    rf"|{START}(?:(?:i|we)(?:'d| would)? (?:want|need|like) |want |need )(?:an?|another|one more) "
    rf"(?:\w+ )?alert\b",
    re.IGNORECASE,
)
DECLINED = tuple(re.compile(pattern, re.IGNORECASE) for _, patterns in FORBIDDEN for pattern in patterns)
OF_ALERTS = ("snooze", "acknowledge")
CLAUSE = re.compile(r"[.!;:,](?:\s+|$)|\s[–—-]+\s|\s(?:so|then|but|and)\s", re.IGNORECASE)
PATTERNS = tuple((tool, re.compile(pattern, re.IGNORECASE)) for tool, pattern in WRITES)


def asked_write(text: str) -> str:
    """The name of the tool; empty where nothing is to be changed. `text` as it was written."""
    said = text.strip()
    found = next((tool for tool, pattern in PATTERNS if pattern.search(said)), "")
    return found or _wished(said) or _ordered_last(said)


def _ordered_last(said: str) -> str:
    """`false alarm, snooze it until nine`: what is to be done with an alert, behind what is said of it."""
    *before, order = CLAUSE.split(said)
    if not before or any(re.match(ASKS, clause, re.IGNORECASE) for clause in (said, order)):
        return ""
    if any(pattern.search(clause) for clause in before for pattern in DECLINED):
        return ""
    return next((tool for tool, pattern in PATTERNS if tool in OF_ALERTS and pattern.search(order)), "")


def _wished(said: str) -> str:
    """By what it holds: a limit and to be told of it, or events and the channel that they are to go to."""
    if re.match(ASKS, said, re.IGNORECASE):
        return ""
    if THRESHOLD.search(said) and TOLD_WHEN.search(said):
        return "create_alert"
    sent = SENT.search(said) and PLACE.search(said) and OF_EVENTS.search(said)
    return "create_rule" if sent and not ONCE.search(said) else ""

"""What Houston declines, as data: kinds and the patterns that ask for them."""

SAY = (
    r"(?:show|print|repeat|reveal|tell|give|output|dump|leak|share|paste|display|recite|"
    r"quote|list|write|send|expose|disclose|return|echo|read|summari[sz]e|translate|encode|"
    r"spell|what(?:'?s| is| are| were| was| does)?|share|describe|type|copy)"
)

RULE = (
    r"(?:instructions?|prompts?|rules?|guidelines?|restrictions?|limits?|limitations?|"
    r"safety|filters?|guardrails?|directives?|policy|policies|constraints?|permissions?|"
    r"scopes?|training|walls?|checks?|approvals?)"
)

SECRET = (
    r"(?:(?:api|secret|private|signing|access|encryption|openai|auth|bot|app)[- _]?(?:keys?|"
    r"tokens?|secrets?)|tokens?(?! (?:use|usage|budget|spend|spent|left))|passwords?|passwd|"
    r"credentials?|env(?:ironment)?(?: variables?| vars?| file)|\.env|xox[abp]-?|"
    r"webhook (?:urls?|address(?:es)?)|connection strings?|database (?:url|password)|"
    r"db (?:url|password)|signing secret|secrets|HOUSTON_\w+|SLACK_\w+|OPENAI_\w+)"
)

DO = (
    r"(?:^|[.!?,;:\n]\s*|\b(?:please|pls|plz|you|to|and|then|just|now|go|also|kindly|want|"
    r"need|must|should|like|let's|houston|me|>|-)\s+)"
)
"""Where an order begins, so that `revenue dropped` and `what share` are none."""

OWN_PLAN = "".join(
    rf"(?<!\b{said} )"
    for said in ("i", "we", "i want", "we want", "i need", "we need", "i'd like", "we'd like",
                 "i'd love", "we have",
                 "i have", "would like", "would love", "we plan", "i plan", "planning", "thinking of")
)  # fmt: skip
"""What somebody says of themselves is no order to Houston: `I want to buy more ads`."""

FORBIDDEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("approval", (
            r"\b(?:without|skip(?:ping)?|bypass(?:ing)?|no need (?:for|to)|don'?t|do not|avoid|circumvent) "
            r"(?:\w+ ){0,4}?(?:approv\w*|confirm\w*|ask(?:ing)? (?:me|anyone|anybody|for|first)|permission|"
            r"asking|card)\b|\b(?:no|zero|without) (?:\w+ ){0,2}(?:confirmation|approval|permission|"
            r"questions)s?\b|\b(?:don'?t|do not|never) ask(?:,|\.|$| just| and)",
            r"\b(?:auto[- ]?approve|self[- ]?approve|pre[- ]?approved?|already approved|(?:has|have|"
            r"was|is|been) (?:\w+ )?approved|approve (?:it|this|that|everything|all)(?: for me|"
            r" yourself| automatically)?|no questions asked|consider (?:it|this) approved|"
            r"i (?:hereby )?approve|click (?:the )?approve|just do it)\b",
    )),
    ("prompt", (
            rf"\b{SAY}\b[^.?!]{{0,60}}\b(?:system|initial|hidden|internal|original|secret|developer|base|"
            rf"own|above|your|entire|full|starting)\b[^.?!]{{0,25}}\b(?:prompts?|instructions?|guidelines|"
            rf"directives|configuration|config|set-?up|source code|directions)\b|\b(?:your|system|hidden|"
            rf"internal) (?:own |hidden |internal |secret |core )?(?:rules|messages?)\b",
        r"\b(?:system|initial|hidden|developer|meta|pre)[- ]?(?:prompt|message|instructions?)\b",
            r"\b(?:your|the) (?:prompt|instructions|guidelines|directives|source code|training data)\b(?! "
            r"notes?\b)|\bwhat (?:were|are) you (?:told|instructed|programmed|prompted)|how (?:are|were) "
            r"you (?:instructed|prompted|programmed|configured|set ?up|trained|built|made)|\b(?:everything|"
            r"text|words|lines|messages?|content|what) (?:that |which )?(?:comes? |came |stands? |stood |"
            r"is |was |were |are )?(?:above|before (?:this|our|my|the (?:conversation|chat|question)))\b|"
            r"verbatim|which (?:language )?model are you prompted|\b(?:guidelines|rules|instructions) "
            r"(?:do|are|did|must) you\b",
    )),
    ("secrets", (
        rf"\b{SAY}\b[^.?!]{{0,80}}(?<!\w){SECRET}(?!\w)",
        rf"(?<!\w)(?:your|our|the|my|slack|bot|houston'?s?|all|any) (?:\w+ )?{SECRET}(?!\w)",
        r"xox[abp]-|\bhk_\w|\bsk-\w|\bprintenv\b|\benv vars?\b|os\.environ|/etc/\w+|\.env\b",
    )),
    ("mention", (
        r"[@!](?:channel|here|everyone|all)\b", r"<!(?:channel|here|everyone|subteam)",
    )),
    ("messaging", (
            rf"{DO}(?:ping|mention|tag|notify|alert|message|dm|e-?mail|text|page|wake|call|tell|"
            rf"inform|announce to|shout at|send (?:a )?(?:dm|message|e-?mail|"
            rf"note) to)\b[^.?!]{{0,30}}\b(?:everyone|everybody|the (?:whole|entire) (?:channel|team|"
            rf"workspace|company)|all (?:members|people|users|of them|hands)|<@\w+>|the (?:ceo|boss|"
            rf"client|customer)s?\b|@\w+)",
    )),
    ("messaging", (
        rf"{DO}let (?:everyone|everybody|the (?:whole |entire )?(?:team|channel|company|client)|them all|"
        rf"all of them|people|<@\w+>|@\w+)\b[^.?!]{{0,40}}\bknow\b(?! (?:when|if|once))",
    )),
    ("posting", (
            rf"{DO}(?:post|send|share|publish|forward|announce|broadcast|drop|put|write|message|"
            rf"cross-?post|copy|paste|dm|say|deliver)\b[^.?!]{{0,70}}(?:\b(?:in|to|into|on|at|"
            rf"inside) (?:the )?(?:#[\w-]+|<#\w+[^>]*>|(?:\w+[- ])?channel\b|another (?:channel|"
            rf"thread|workspace)|other (?:channels?|threads?)|(?:all|every) (?:channels?|threads?)|"
            rf"\w+@\w+\.\w+|slack|everyone|everybody)|https?://|\bwww\.)",
            rf"{DO}(?:post|send|e-?mail|mail|forward|upload|fax|tweet|text|dm|exfiltrate|transmit|"
            rf"export)\b (?:this|that|it|these|them|me|him|her|us|the|our|all|a|an)\b[^.?!]{{0,60}}\b(?:to|"
            rf"at|by e-?mail|via|somewhere|as (?:a )?(?:csv|pdf|excel|file))\b(?! (?:me\b|date))",
            r"\b(?:render|embed|include|insert|append|add|attach|use|show|display|put|link|load|"
            r"fetch|open|visit|browse|call|download|curl|wget|make a (?:get |"
            r"post )?request)\b[^.?!]{0,60}(?:https?://|!\[|\bwww\.|\b(?:url|link|image|pixel|"
            r"webhook)\b[^.?!]{0,20}\b(?:to|with|containing|of|from)\b)",
        r"!\[[^\]]*\]\(", r"https?://(?!\S*slack\.com)\S*(?:\?|\{|=)",
    )),
    ("code", (
            r"\b(?:run|execute|eval(?:uate)?|exec|invoke|launch|do|perform|use|write|"
            r"fire)\b[^.?!]{0,40}\b(?:sql|python|shell|bash|script|code|command|query against|"
            r"terminal|powershell|javascript|subprocess|regex|cmd)\b",
            r"\bselect\s+(?:\*|[\w,\s]+)\s+from\b|\b(?:drop|truncate|alter|create)\s+(?:table|"
            r"database|schema|index)\b|\bdelete\s+from\b|\binsert\s+into\b|\bupdate\s+\w+\s+set\b|"
            r";\s*--|\bunion\s+(?:all\s+)?select\b|\bor\s+1\s*=\s*1",
            r"\b(?:query|access|connect to|log ?in ?to|dump|hit|read from) (?:the |our |your )?(?:database|"
            r"db|server|file ?system|shell|terminal|console|disk)\b|\b(?:with|in|using|via) (?:raw "
            r")?(?:sql|python|bash|javascript)\b|\bopen (?:a|the) (?:shell|terminal|console)\b|\brm -rf\b|"
            r"\bos\.system\b|\b__import__\b|\bsubprocess\b|\bimport os\b|\beval\(|\bexec\(|\bsudo\b|"
            r"<script|\{\{.*\}\}|\bcat /|\bls -|\$\(",
    )),
    ("rules", (
            rf"\b(?:ignore|disregard|forget|override|bypass|circumvent|disable|suspend|turn off|"
            rf"violate|stop following|do not follow|don'?t follow|lift|get around|skip|neglect|"
            rf"overrule|discard|switch off|relax|unlock)\b[^.?!]{{0,50}}\b{RULE}\b",
            r"\b(?:ignore|disregard|forget) (?:all|everything|anything|any|what)\b[^.?!]{0,30}\b(?:above|"
            r"before|previous|prior|told|said|earlier|so far|you know|you were)\b",
            r"\byou are (?:now|no longer|from now on)\b|\bpretend (?:to be|you|that|i)\b|(?:^|[.!?,;:]\s*|"
            r"\b(?:please|you|to|and|now|on|should|must) )(?:act|behave|respond|answer|roleplay|role-play) "
            r"as (?:if|though|a|an|the|my|admin)\b|\b(?:developer|debug|god|root|admin|sudo|maintenance|"
            r"unrestricted|jailbreak|dan|test) mode\b|\bjailbreak\b|\bdo anything now\b|\bnew "
            r"(?:instructions\b|(?:instruction|rules?|persona|role)\s*[:=])|\byour new (?:rules?|persona|"
            r"role)\b|\bfrom now on,? (?:you|ignore|answer|always|never)\b|\b(?:system|admin|assistant|"
            r"developer)\s*(?:message|override|note|update)?\s*[:>]",
            r"\bi(?:'?m| am) (?:the |an? |your |actually |now )*(?:admin\w*|developer|creator|"
            r"operator|root|openai|superuser|maintainer|from (?:openai|security|slack|it))\b|"
            r"\bbreak (?:the |your |all )?rules\b|\b(?:grant|give|make) me (?:\w+ ){0,2}(?:admin|"
            r"full|root|all|more) (?:\w+ )?(?:access|rights|permissions?|privileges?)|"
            r"\bmake me (?:an? )?admin|\belevate\b|\bhypothetically\b.{0,60}\brules",
        r"\bas (?:an?|the|your) (?:admin\w*|developer|root|superuser|operator)\b.{0,20}\b(?:order|command|"
        r"demand|authori[sz]e|instruct|require)\b|\b(?:end of|</?)\s*(?:data|system|instructions)\b",
    )),
    ("others", (
            r"\b(?:other|another|different|rival|foreign|any other|someone else'?s|every(?:one|"
            r"body) else'?s|somebody else'?s) (?:workspaces?|tenants?|agenc(?:y|ies)|compan(?:y|"
            r"ies)(?:'s)?|organi[sz]ations?|teams?'? (?:data|figures|numbers))\b",
            r"\b(?:clients?|accounts?) (?:that )?i(?: am|'m)?(?: not| cannot| can'?t| do not|"
            r" don'?t)(?: \w+)? (?:allowed|permitted|access|see|supposed|have access)|(?:am|"
            r"are) not (?:allowed|supposed) to see|(?:not|isn'?t) (?:in|within) my scope|"
            r"outside (?:my|the|your) (?:scope|access)|(?:don'?t|do not) have access to",
            r"(?:\w'?s'?|\bhis|\bher|\btheir) (?:private|personal|secret|hidden|deleted) notes?\b|"
            r"\b(?:secret|hidden|deleted) notes?\b|\b(?:private|personal|confidential|secret|hidden|"
            r"deleted|direct) (?:messages?(?! campaign| ad)|conversations?|dms?|chats?|files?|channels?)\b|"
            r"\b(?:what (?:did|has|does)|read|show(?: me)?|summari[sz]e)\b[^.?!]{0,30}\b(?:dms?|inbox|"
            r"mailbox|private chat|conversations? (?:of|with))\b|\b(?:salar(?:y|ies)|wages?|payroll|home "
            r"address(?:es)?|phone numbers?|credit card\w*|bank account\w*|medical|ssn|social security|"
            r"date of birth|iban)\b",
            r"\bwhat (?:did|has|have) (?!we\b|you\b|i\b|the\b|it\b|our\b)\w+ (?:ask(?:ed)?|sa(?:id|y)|"
            r"t(?:old|ell)|posted|sent) ?(?:you|to you|about|in|yesterday|today|last|\?|$)|\bwhat (?:other|"
            r"everyone|everybody|another|someone|somebody|anyone)\b.{0,20}\b(?:ask|asked|said|wrote|typed?|"
            r"discuss\w*)\b|\b(?:all|every|the) (?:slack )?(?:users?|members?|employees|colleagues|"
            r"staff)\b.{0,30}\b(?:in slack|of the workspace|e-?mails?|addresses)\b|\bother (?:users?|"
            r"members?|people)'?s?'? (?:questions?|conversations?|messages?|chats?|data)|(?:everyone|"
            r"everybody)'?s (?:messages|conversations|questions|data)",
    )),
    ("destroy", (
            rf"{DO}(?:delete|erase|wipe|purge|destroy|nuke|remove|drop|clear|uninstall|"
            rf"reset)\b[^.?!]{{0,50}}\b(?:all|every(?:thing)?|the|our|this|that|my|any|client|clients|data|"
            rf"database|notes?|customers?|metrics?|history|records?|reports?|alerts?|rules?|points?|"
            rf"members?|workspace|destinations?|logs?|audit|outliers?|points|table|note)\b",
            rf"{OWN_PLAN}{DO}(?:transfer|wire|pay|refund|buy|purchase|order me|book (?:me )?a|hack|(?:pause|"
            rf"stop|start|resume|launch|activate|turn (?:on|off)) (?:[\w-]+ ){{0,4}}(?:campaigns?|"
            rf"ads|ad sets?|adsets?|keywords?)|(?:increase|raise|lower|cut|change|set|double|"
            rf"halve) (?:[\w-]+ ){{0,4}}(?:budgets?|bids?)|launch (?:a|the) campaign|(?:invite|kick|"
            rf"ban|fire|hire) (?:\w+ ){{0,3}}(?:user|member|people|from|to))\b",
            rf"{DO}(?:change|edit|overwrite|modify|alter|manipulate|fake|falsify|invent|make up|fabricate|"
            rf"adjust|tamper with|inflate|forge|round up|pretend)\b[^.?!]{{0,30}}\b(?:points?|data|history|"
            rf"figures?|numbers?|revenue|results?|audit|logs?|values?|sales|spend)\b(?! points)",
            rf"{DO}make (?:the |our |my |these |those )?(?:numbers?|figures?|results?|data|metrics?|"
            rf"revenue|sales|report) (?:look|seem|appear|bigger|better|higher|nicer)\b",
    )),
)  # fmt: skip

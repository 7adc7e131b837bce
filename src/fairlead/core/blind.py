"""Evidence without the bill: money, severity labels and press taken out of a text before a type is decided
on it.

Severity never changes the kind of mistake (product.md, principle 3), so the screen where the type is
decided shows the evidence with these replaced by a neutral placeholder. Technical numbers stay: addresses,
ports, latencies, percentages of traffic, shell variables. Where a word could be either, the rules below
lean towards leaving a technical fact readable, unless a currency, a severity word or a word for lost
revenue stands beside it.

This is a help against being swayed, not a proof: a cost described without any figure passes.
"""

import re
from typing import Final

PLACEHOLDER: Final = "[left out on this screen]"

# The patterns are written in verbose form: blanks and line ends inside them mean nothing, `\s` is a blank.
# Every repetition is bounded, so that no text, however odd, takes more than linear time.
_GROUPED: Final = r"\d{1,3}(?:[.,'’\u00a0\u202f\u2009 ]\d{3}){1,5}(?:[.,]\d{1,2})?(?!\d)"
_NUMBER: Final = rf"(?:{_GROUPED}|\d{{1,15}}(?:[.,]\d{{1,4}})?)"
_SIZE: Final = r"""
    (?:[\s-]?(?:[kKmMbB]|mm|MM|mn|bn|tn|Mio\.?|Mrd\.?
      |thousand|million|billion|trillion|lakhs?|crores?|grand)(?!\w))
"""
_AMOUNT: Final = rf"{_NUMBER}{_SIZE}?(?!\w)"
# A number large enough in writing to be read as an amount: grouped, sized, or of four digits and more.
_LARGE: Final = rf"(?:{_GROUPED}{_SIZE}?|\d{{1,15}}(?:[.,]\d{{1,4}})?{_SIZE}|\d{{4,15}})(?!\w)"
_ABOUT: Final = r"""
    (?:(?:about|around|roughly|nearly|almost|over|under|some|at\sleast|more\sthan|up\sto|approximately|approx\.?
      |an\sestimated|estimated\sat|close\sto|~|≈)\s{0,3}){0,2}
"""
_TO: Final = r"\s?(?:-|–|—|to|and|or)\s?"

_SIGN: Final = r"(?:(?:Mio\.?\s?|Mrd\.?\s?|[kKmMT])?[€£¥₹₩₽₺₪])"
_DOLLAR: Final = r"(?:(?:US|CA|AU|NZ|HK|[ACSR])?\$)"
_CODE: Final = r"""
    (?:[TKM]?EUR|[KM]?USD|GBP|JPY|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|RUB|UAH|CNY|RMB|HKD|SGD|TWD
      |KRW|INR|IDR|THB|VND|MYR|ZAR|BRL|MXN|ARS|CLP|ILS|AED|QAR|KWD|EGP|NGN|KES|(?:usd|eur|gbp|chf|jpy)(?!\d))
"""
# Codes that are also words of the trade ("PHP 8", "TRY 3 times", "ALL 12"): only beside a large number.
_CODE_OR_WORD: Final = r"(?:PHP|TRY|ALL|TOP|COP|PEN|SAR|MAD|CUP|AMD|SOS)"
_COIN: Final = r"""
    (?:(?:US|American|Canadian|Australian|Swiss)\s)?
    (?:dollars?|bucks|euros?|pounds?(?:\ssterling)?|quid|yen|yuan|renminbi|rupees?|francs?|kron(?:or|er)
      |zlot(?:y|ys)|ro?ubles?|pesos|shekels?|cents|pence)
"""
_COUNT_WORD: Final = r"""
    (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty
      |seventy|eighty|ninety|tens|dozens?|hundreds?|thousands?|millions?|billions?|half|quarter|several|few|couple)
"""
_IN_WORDS: Final = rf"(?:an?[\s-])?{_COUNT_WORD}(?:[\s-](?:of|and|a|an|{_COUNT_WORD})){{0,8}}"
_TAKINGS: Final = r"(?:revenue|sales|turnover|income|takings|profit|earnings)"
_AMOUNT_STARTS: Final = r"(?<![\w.,/:-])"

_MONEY: Final = (
    # € 180,000 · £1.2m · k€ 180 · € 1–2m
    rf"(?<!\w){_SIGN}\s?{_NUMBER}{_SIZE}?(?!\w)(?:{_TO}{_SIGN}?\s?{_AMOUNT})?",
    # $180k · US$ 1.2 million
    rf"(?<![\w$]){_DOLLAR}\s?{_LARGE}(?:{_TO}{_DOLLAR}?\s?{_LARGE})?",
    # $50 · $0.40; $1 alone is a shell's argument and stays, as do $HOME and $(...)
    rf"""(?<![\w$]){_DOLLAR}(?:\d{{2,15}}(?:[.,]\d{{1,4}})?|\d[.,]\d{{1,4}})(?![\w}}])
      (?:{_TO}{_DOLLAR}{_AMOUNT})?""",
    # USD 180,000 · EUR 1.2m to 1.4m · USD180k
    rf"""(?<!\w){_CODE}(?:\s|(?=\d{{3}})|(?=\d+(?:[.,]\d|[kKmM]))){_AMOUNT}
      (?:\s?(?:-|–|—|to)\s?(?:{_CODE}\s)?{_AMOUNT})?""",
    rf"(?<!\w){_CODE_OR_WORD}\s{_LARGE}",
    # 180.000 EUR · 150–200k € · 1.2 million dollars · a 180,000-dollar afternoon
    rf"""{_AMOUNT_STARTS}(?:{_AMOUNT}{_TO})?{_NUMBER}{_SIZE}?[\s-]?
      (?:{_SIGN}|{_CODE}(?!\w)|{_COIN}(?!\w))""",
    # 180,000 PHP · 180,000$ · 200 $
    rf"""{_AMOUNT_STARTS}(?:{_LARGE}\s?{_CODE_OR_WORD}(?!\w)|{_LARGE}\s?\$
      |(?<![^\s(])\d{{2,15}}\s\$(?![\w({{]))""",
    # two hundred thousand euros · half a million dollars · millions of pounds
    rf"(?<!\w){_IN_WORDS}[\s-]{_COIN}(?!\w)",
    r"(?<!\w)(?:\d{1,6}|a\shundred|a\sfew\shundred|fifty|twenty|ten|five)\sgrand(?!\w)",
    r"(?<!\w)(?:four|five|six|seven|eight|nine)[\s-]figures?(?!\w)",
)
_LOST: Final = (
    # cost us 180,000 · cost the company about 1.2 million; "OSPF cost 10" stays
    rf"""(?<=\bcost\s)(?:us|them|you|(?:the|our)\s(?:company|business|shop|firm|organi[sz]ation|customers?))
      \s{_ABOUT}{_AMOUNT}""",
    # 180k in lost revenue · 40% of sales · two hundred thousand in refunds
    rf"""{_AMOUNT_STARTS}(?:{_AMOUNT}(?:\s?%)?|{_IN_WORDS})\s(?:in|of|worth\sof)\s(?:our\s|the\s|its\s)?
      (?:lost\s|missed\s|daily\s|hourly\s|annual\s|gross\s|net\s){{0,2}}
      (?:{_TAKINGS}|refunds|damages|fines|penalties|service\scredits)(?!\w)""",
    # revenue of 180,000 · sales fell by 40% · a revenue loss of about 1.2 million
    rf"""(?<!\w)(?:{_TAKINGS}|refunds|damages|penalties)(?:\s(?:loss|losses|impact|drop))?
      (?:\s(?:of|was|were|is|fell|dropped|went|down|came|totall?ed|by|to|at|lost)|:){{1,3}}
      \s{_ABOUT}{_AMOUNT}(?:\s?%)?""",
    # a loss of about 180,000; "a loss of 1,200 records" and "packet loss of 30%" stay
    rf"""(?<!\w)(?<!packet\s)(?<!data\s)(?:loss|losses|bill|invoice|fine|penalty)
      (?:\s(?:of|was|were|is|came|to|totall?ed|at)|:){{1,3}}\s{_ABOUT}{_LARGE}
      (?!\s?%|\s(?!(?:in|for|per|and|or|to|over|during|when|while|as|after|before|because|by|so)\b)\w)""",
)

_LEVEL: Final = r"""
    (?:[0-5](?![\w.])
      |(?:zero|one|two|three|four|five|critical|high|major|severe|moderate|medium|minor|low)\b)
"""
_LEVEL_APART: Final = rf"(?:\s?[-–:.#=]\s?|\s){_LEVEL}"
_CASE: Final = r"(?:incident|outage|ticket|issue|alert|page|event|case|priority)s?\b"
_DEVICE: Final = r"(?:router|node|switch|link|interface|core|program)s?\b"

_SEVERITY: Final = (
    # SEV1 · Sev-2 · severity: high · severity level 2; syslog's severities stay
    rf"""(?<!\w)(?<!log\s)
      sev(?:[0-5](?!\w|\.\w)|(?:erity)?(?:[\s-]level)?(?:\s(?:was|is|of|as|at|to|from))?{_LEVEL_APART})
      (?:\s?(?:/|or|to)\s?(?:sev(?:erity)?[\s-]?)?{_LEVEL})?""",
    r"""(?<!\w)(?<!log\s)(?:critical|high|highest|major|medium|moderate|minor|low|lowest|top)
      [\s-]severity(?!\w)""",
    # "A high-priority transaction" is about software; a high-priority ticket is a label.
    rf"(?<!\w)(?:critical|high|highest|top)[\s-]priority(?=\s{_CASE})",
    r"(?<!\w)(?:major|critical|severe)[\s-](?:incident|outage)s?(?!\w)",
    # Priority 1 is a label; the priority of a protocol, a queue or a process is a setting.
    rf"""(?<!\w)(?<!vrrp\s)(?<!hsrp\s)(?<!glbp\s)(?<!stp\s)(?<!bridge\s)(?<!queue\s)(?<!qos\s)(?<!thread\s)
      (?<!process\s)(?<!route\s)(?<!port\s)(?<!task\s)(?<!mx\s)
      prio(?:rity)?(?:[\s-]level)?(?:\s(?:was|is|of|as))?{_LEVEL_APART}""",
    rf"(?<!\w)p[0-5](?=[\s-]{_CASE})",
    rf"(?=p[0-5])(?:(?<=\ba\s)|(?<=\bas\s)|(?<=\bdeclared\s))p[0-5](?![\w-])(?!\s{_DEVICE})",
)
# Upper case only: p50 and p99 are percentiles. P4 is a language and P1 a core router, so what follows counts.
_SEVERITY_CODE: Final = (rf"(?<![\w./:-])P[0-3](?![\w>→]|[-–./]\w)(?!\s{_DEVICE})",)

_OUTLET: Final = r"(?:news|press|media|newspaper|tabloid|tv|television|radio)"
_PRESS: Final = (
    # 1,200 tweets · dozens of complaints · 5 press inquiries
    rf"""{_AMOUNT_STARTS}(?:{_AMOUNT}|{_IN_WORDS})\s
      (?:of\s)?(?:angry\s|public\s|negative\s|bad\s|local\s|national\s){{0,2}}
      (?:tweets|retweets|headlines|newspapers|journalists|complaints|(?:one|1)-star\sreviews
        |(?<=negative\s)reviews|(?<=bad\s)reviews|social\smedia\s(?:posts|mentions|complaints)
        |{_OUTLET}\s(?:articles|stories|reports|outlets|sites|inquiries|enquiries|requests|mentions))(?!\w)""",
    # press coverage · made headlines · in the news; "in the media player" stays
    rf"""(?<!\w)(?:{_OUTLET}\scoverage|front[\s-]page\s(?:news|story|headline)s?|front\spage\sof\shacker\snews
      |ma(?:de|king|ke)\s(?:the\s)?(?:front\spage|headlines|news)
      |(?:in|on)\sthe\s(?:evening\s)?(?:news|press|papers|media)
        (?!\s?(?:player|server|queue|feed|type|file))
      |trend(?:ed|ing)\son\s(?:twitter|x|reddit|hacker\snews))(?!\w)""",
    # share price fell 3% · NPS dropped from 45 to 31
    rf"""(?<!\w)
      (?:share\sprice|stock\sprice|market\svalue|nps|net\spromoter\sscore|csat|app\sstore\srating|star\srating)
      (?:\s(?:score|fell|dropped|went|sank|down|is|was|by|from|of|to|at)){{0,4}}
      \s{_ABOUT}{_AMOUNT}(?:\s?%)?(?:\sto\s{_AMOUNT}(?:\s?%)?)?""",
)

_RULES: Final = tuple(
    re.compile(pattern, flags | re.VERBOSE)
    for patterns, flags in (
        (_MONEY, re.NOFLAG),
        (_LOST, re.IGNORECASE),
        (_SEVERITY, re.IGNORECASE),
        (_SEVERITY_CODE, re.NOFLAG),
        (_PRESS, re.IGNORECASE),
    )
    for pattern in patterns
)


def without_the_bill(text: str) -> str:
    """Return the text with amounts of money, severity labels and press figures replaced by `PLACEHOLDER`.

    Everything else comes back as it was, character for character. Never raises; doing it twice changes
    nothing.
    """
    masked = _once(text)
    # A replacement can uncover the edge of a word beside it, so it is done until nothing changes any more.
    while masked != text:
        text, masked = masked, _once(masked)
    return masked


def _once(text: str) -> str:
    for rule in _RULES:
        text = rule.sub(PLACEHOLDER, text)
    return text

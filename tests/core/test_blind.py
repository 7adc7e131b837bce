"""What is taken out of the evidence before a type is decided, and what has to stay readable in it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.blind import PLACEHOLDER, without_the_bill

MONEY = """
USD 180,000
USD 180000
USD180k
$180k
$180,000
$180 000
US$ 1.2 million
$1.2M
$50
$2-million
$0.40
A$ 3,500
180,000 USD
180.000 EUR
EUR 180.000,00
180k EUR
180000 usd
1.2 million dollars
1,200,000 dollars
180 thousand euros
180-thousand-euro
two hundred thousand euros
half a million dollars
a quarter of a million dollars
a few hundred thousand pounds
hundreds of thousands of dollars
millions of euros
€180k
€ 180 000
180 000 €
€5
5 €
£12,000
¥20,000,000
₹ 15 lakh
CHF 180'000
180'000 CHF
TEUR 180
1,5 Mio. €
k€ 180
180k€
150–200k €
USD 150,000 to 200,000
USD 150,000–USD 200,000
$150k-$200k
€1–2m
200 $
180,000$
180 grand
a hundred grand
six figures
seven-figure
TRY 180,000
PHP 1.2 million
40 cents
"""

LOST = """
cost us 180,000 -> cost {}
cost the company about 1.2 million -> cost {}
cost our customers 5000 -> cost {}
We lost 180k in revenue. -> We lost {}.
180,000 of lost sales -> {}
40% of daily revenue -> {}
revenue of 180,000 -> {}
Sales fell by 40% that hour. -> {} that hour.
revenue was down to 12 % -> {}
a loss of about 180,000, and -> a {}, and
the bill came to 180,000. -> the {}.
Losses: 1.2 million -> {}
"""

SEVERITY = """
SEV1
SEV-1
Sev-2
sev 2
sev0
SEV1/SEV2
SEV 1 or 2
Sev one
severity 1
Severity: high
severity level 2
severity was critical
high-severity
P1
P0
priority 1
Priority: critical
priority one
prio 2
major incident
critical outage
"""

PRESS = """
1,200 tweets
three newspapers
forty complaints
dozens of complaints
12 negative reviews
5 press inquiries
20 one-star reviews
press coverage
made the front page
made headlines
in the news
front-page news
trending on Twitter
share price fell 3%
NPS dropped from 45 to 31
"""

STAYS = """
The prefix 10.0.0.0/8 went out through AS 64512 and AS64513.
Latency rose from 1.2 ms to 180 ms at p99 and p50 stayed.
Port 443 and port 8080 answered; 3 replicas of 5 were up.
echo "$HOME" && cp "$1" "$2"; echo $? $$ $# ${12} $(date +%s)
awk '{print $1,$2}' access.log | sed 's/a/$1/' | grep 'v10$'
The regex ^route-map-10$ matched, and so did [0-9]+$ and 443$.
180k requests a second, 1.2 million packets, 40 thousand routes.
OSPF cost 10 on one side and cost 100 on the other, metric 1,200.
Packet loss of 30%, then packet loss was 12 percent.
Data loss of 1,200 records; a loss of 3,000 packets; the loss of 3 replicas.
VRRP priority 1 against priority 100; bridge priority 4096; queue priority 3.
The P1 router, P4 programs, P2P links and the PE1-P1-P2-PE2 path.
PHP 8.2, TRY 3 times, ALL 12 hosts, TOP 10 routes, AMD 64, CVE-2024-1234.
SevOne and the other seven monitors; several alerts; syslog severity 3.
commit 4f3e2d1, ticket NET-1234, MTU 9000, VLAN 300, 5 % of traffic, RFC 4271.
Rolled out to 5% of users, then to 100% of the fleet in 14 minutes.
At 14:27 the change went out; at 15:32 it was back, 65 minutes later.
Press Enter, press 1 to confirm; the front page of the shop was slow.
We lost 3 replicas, lost 20 minutes, and lost 180k packets.
2001:db8::/32, 192.0.2.1:443, fe80::1%eth0, v1.25.3, 0x1F, 1e-5.
He said he had a hundred ideas, and I had one or two.
The yen to change things on a Friday; a pound of cables; euro-west-1 and eur1.
Priority inversion and high-priority threads in the scheduler; the severity of frost.
Ports 1-3 and 5 to 7, ten hosts and half a rack, in the media player.
The news service and the press-release page were served from cache.
"""


def lines(block):
    return [line for line in block.strip().splitlines() if line]


@pytest.mark.parametrize("amount", lines(MONEY))
def test_an_amount_of_money_is_left_out_and_the_sentence_around_it_stays(amount):
    assert without_the_bill(f"It was {amount}, they said.") == f"It was {PLACEHOLDER}, they said."
    assert without_the_bill(amount) == PLACEHOLDER
    assert without_the_bill(f"({amount})") == f"({PLACEHOLDER})"


@pytest.mark.parametrize("case", lines(LOST))
def test_a_figure_beside_a_word_for_lost_money_is_left_out(case):
    text, expected = case.split(" -> ")
    assert without_the_bill(text) == expected.format(PLACEHOLDER)


@pytest.mark.parametrize("label", lines(SEVERITY))
def test_a_severity_label_is_left_out(label):
    assert without_the_bill(f"It was called {label}, at once.") == f"It was called {PLACEHOLDER}, at once."
    assert without_the_bill(label) == PLACEHOLDER


@pytest.mark.parametrize("words", lines(PRESS))
def test_press_and_reputation_figures_are_left_out(words):
    assert without_the_bill(f"There was this: {words}.") == f"There was this: {PLACEHOLDER}."


@pytest.mark.parametrize("text", lines(STAYS))
def test_technical_facts_stay_as_they_are(text):
    assert without_the_bill(text) == text


def test_a_word_that_can_be_a_label_is_left_out_only_where_it_is_one():
    assert without_the_bill("It became a p1 incident.") == f"It became a {PLACEHOLDER} incident."
    assert without_the_bill("It was a high-priority ticket.") == f"It was a {PLACEHOLDER} ticket."
    assert without_the_bill("We declared p2, then left.") == f"We declared {PLACEHOLDER}, then left."
    assert without_the_bill("p1 was the first parameter") == "p1 was the first parameter"


def test_a_paragraph_keeps_its_facts_and_loses_its_bill():
    told = (
        "At 14:27 I pushed the route map to 3 routers. By 14:47 it was a SEV1 and had cost us about $120k.\n"
        "I saw 10.0.0.0/8 via AS 64512; the lab had never shown that. "
        "The shop lost 180,000 EUR, and it was in the news."
    )
    out = PLACEHOLDER
    assert without_the_bill(told) == (
        f"At 14:27 I pushed the route map to 3 routers. By 14:47 it was a {out} and "
        f"had cost us about {out}.\n"
        "I saw 10.0.0.0/8 via AS 64512; the lab had never shown that. "
        f"The shop lost {out}, and it was {out}."
    )


pieces = st.sampled_from(
    [
        *lines(MONEY),
        *lines(SEVERITY),
        *lines(PRESS),
        *lines(STAYS),
        *[line.split(" -> ")[0] for line in lines(LOST)],
    ]
)
glue = st.sampled_from([" ", "", "\n", ", ", "-", "$", "€", "1", ".", "/", PLACEHOLDER, "🙂", "שלום"])
texts = st.lists(st.one_of(pieces, glue, st.text(max_size=8)), max_size=12).map("".join)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_doing_it_twice_changes_nothing(text):
    once = without_the_bill(text)
    assert without_the_bill(once) == once


@settings(max_examples=300, deadline=None)
@given(texts)
def test_what_is_not_left_out_comes_back_in_its_order_character_for_character(text):
    position = 0
    for kept in without_the_bill(text).split(PLACEHOLDER):
        found = text.find(kept, position)
        assert found >= 0
        position = found + len(kept)


@given(st.text(alphabet="abcdefghij XYZ\n.,;:!?äöü🙂", max_size=200))
def test_text_without_digits_and_without_these_words_is_never_touched(text):
    assert without_the_bill(text) == text


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "111 ",
        "1,111",
        "one ",
        "million ",
        "$",
        "$1",
        "sev ",
        "a few ",
        "USD ",
        "revenue of ",
        "1 to ",
        "P1 ",
    ],
)
def test_a_long_and_odd_text_does_not_take_forever(unit):
    text = unit * (60_000 // len(unit))
    before = time.perf_counter()
    without_the_bill(text)
    assert time.perf_counter() - before < 5

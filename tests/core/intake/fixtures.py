"""Texts written for these tests: what people really have when they come, in the shapes they have it."""

SENTENCE = (
    "At 14:27 a routing change went out and the shop was down in all regions; service was back at 15:32."
)

CHAT = """\
Rowan Ash  2:27 PM
pushing the route change now
Kim Vale  2:31 PM
checkout is throwing 502s in every region, customers are complaining
seeing it too
Rowan Ash  2:33 PM
rolling back
Kim Vale  3:32 PM
orders are back to normal
"""

REVIEW = """\
# Post-mortem: Checkout unavailable in all regions (2026-03-19)

Last modified: 2026-04-02

## Impact

Customers could not place orders for 65 minutes. Support was flooded with 420 tickets. It cost about $180k.
About 80% of customers were affected.

## Timeline

All times in UTC.

- 14:27 Route change deployed to production
- 14:31 First alert: checkout errors
  above the threshold
- **14:52 UTC:** Change reverted
- 15:32 Service restored in all regions

## Action items

- Try the change against a copy of production by 3 April
"""

TABLE = """\
# Cache cluster emptied

| Time (CET)       | Event                       |
| :--------------- | :-------------------------- |
| 2026-01-12 23:40 | Purge started on wrong host |
| 2026-01-12 23:55 | Alert fired                 |
| 00:20            | Cache restored              |
"""

MAIL = """\
From: shop-operations
Subject: Re: Fwd: Search is down in the north region
Date: Fri, 20 Nov 2026 15:40:00 +0100

Hello,

search stopped answering at 2:05 pm CET. We noticed at 2:20 pm, and it was back at 3:15 pm.
"""

MIDNIGHT = """\
## Monday, 16 November 2026

22:48 disk alert
23:59 database refuses writes
00:12 old files removed
0:40 writes work again

## 18.11.2026

09:05 follow-up meeting
"""

THREE_FORMATS = """\
2026-11-20T14:27:05Z deploy finished
[14:31] alerts fire
- 2:45 pm UTC — rolled back
* **15:32 UTC** all clear
"""

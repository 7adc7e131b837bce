"""A hundred thousand incidents that never happened, with the distributions of a real record: a few services fail often,
most words are rare, some mechanisms are common, a third of the incidents has conditions and improvements.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from fairlead.core.playbook.reader import load_default

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
YEARS = 5
BATCH = 2_000


def _split(words: str) -> list[str]:
    return words.split()


_STEMS = _split(
    "rout cach queu shard clust gatew balanc replic index proxy token sess "
    "deploy schem bucket socket thread buff cert zone peer tunn disk node"
)
_ENDS = _split("er ing ed or age al ation less able ure en ory ance ic ive um")
_PLAIN = _split(
    "the a of was and to in for it with at on by from that not all after until one two between were had no"
)
_SERVICES = [
    *(
        "shop",
        "checkout",
        "customer login",
        "payments",
        "search",
        "mail",
        "dns",
        "billing",
        "catalogue",
        "wiki",
    ),
    *(f"{stem}{end} service" for stem in _STEMS[:8] for end in _ENDS[:6]),
]
_TITLES = (
    "{service} stood still after a {word}",
    "{word} of the {service} filled up",
    "{service} answered slowly: {word} {other}",
    "Wrong {word} was {other} on {service}",
    "{word} expired on {service}",
    "Customers could not reach {service}",
)
_VOCABULARY = [f"{stem}{end}{number or ''}" for number in range(8) for stem in _STEMS for end in _ENDS]


class Maker:
    """Makes rows for the tables, the same ones for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)
        self.chance.shuffle(_VOCABULARY)
        self._words = list(accumulate(1 / (rank + 2) for rank in range(len(_VOCABULARY))))
        self._services = list(accumulate(1 / (rank + 1) for rank in range(len(_SERVICES))))
        playbook = load_default()
        self._mechanisms = [m.key for m in playbook.mechanisms]
        self._mechanism_weights = list(accumulate(1 / (rank + 1) for rank in range(len(self._mechanisms))))
        self._leaves = [(q.key, leaf.key) for q in playbook.factor_questions for leaf in q.leaves]

    def word(self) -> str:
        return self.chance.choices(_VOCABULARY, cum_weights=self._words)[0]

    def text(self, length: int) -> str:
        words = [
            self.word() if self.chance.random() < 0.45 else self.chance.choice(_PLAIN) for _ in range(length)
        ]
        return " ".join(words).capitalize() + "."

    def services(self) -> list[str]:
        found = self.chance.choices(
            _SERVICES, cum_weights=self._services, k=self.chance.choice((1, 1, 1, 2, 3))
        )
        return list(dict.fromkeys(found))

    def incident(self) -> dict[str, object]:
        chance, services = self.chance, self.services()
        started = NOW - timedelta(minutes=chance.randrange(YEARS * 365 * 24 * 60))
        ended = started + timedelta(minutes=round(chance.lognormvariate(3.8, 1.1)))
        title = chance.choice(_TITLES).format(service=services[0], word=self.word(), other=self.word())
        dated = chance.random() > 0.03
        return {
            "id": uuid.UUID(int=chance.getrandbits(128), version=4),
            "title": title.capitalize(),
            "kind": "near_miss" if chance.random() < 0.12 else "incident",
            "customer_saw": self.text(12),
            "what_happened": "\n\n".join(
                self.text(chance.randrange(20, 70)) for _ in range(chance.randrange(1, 4))
            ),
            "services": ", ".join(services),
            "severity": chance.choices(("", "sev1", "sev2", "sev3", "sev4"), (10, 4, 16, 40, 30))[0],
            "zone": chance.choice(("UTC", "America/New_York", "Europe/Berlin")),
            "started_at": started if dated else None,
            "resolved_at": ended if dated else None,
            "mechanism": ""
            if chance.random() < 0.2
            else chance.choices(self._mechanisms, cum_weights=self._mechanism_weights)[0],
        }

    def factors(self) -> list[tuple[str, str, str]]:
        """Return conditions of one incident: question, leaf, words; two in three incidents have none."""
        if self.chance.random() < 0.66:
            return []
        chosen = self.chance.sample(self._leaves, self.chance.randrange(1, 4))
        return [(question, leaf, self.text(9)) for question, leaf in chosen]

    def backing(self, due: date) -> dict[str, object]:
        by = self.chance.choices(("proof", "waiver", ""), (8, 1, 1))[0]
        until = NOW.date() + timedelta(days=self.chance.randrange(-1, 30))
        return {
            "done_by": by,
            "proof_state": "proven" if by == "proof" else "",
            "proved_on": due if by == "proof" else None,
            "done_until": until if by else None,
            "waits": not by or until < NOW.date(),
        }

    def improvement(self, started: datetime | None) -> dict[str, object]:
        chance = self.chance
        due = (started or NOW).date() + timedelta(days=chance.randrange(20, 200))
        state = chance.choices(("open", "done", "dropped"), (8, 80, 12))[0]
        if due > NOW.date():
            state = "open"
        return {
            "words": self.text(10),
            "strength": chance.choices(("stronger", "intermediate", "weaker"), (8, 44, 48))[0],
            "owner": chance.choice(("Network team", "Shop platform", "Whoever leads payments", "Data team")),
            "due_on": due,
            "state": state,
            "closed_on": None if state == "open" else due,
            "waits": state != "dropped",
            # Of ten that are called done eight are proved, one is waived, and one is only called so.
            **({} if state != "done" else self.backing(due)),
            "closing_words": "" if state == "open" else self.text(6),
        }


def fill(count: int) -> Iterator[int]:
    """Put `count` incidents with all that belongs to them into the database; yields how many are there."""
    from fairlead.commons.factors.models import Factor, FactorAnswer  # noqa: PLC0415 - needs the settings
    from fairlead.commons.improvements.models import Improvement  # noqa: PLC0415
    from fairlead.commons.incidents.models import Incident, IncidentService  # noqa: PLC0415
    from fairlead.commons.timeline.models import Entry  # noqa: PLC0415

    maker = Maker()
    for done in range(0, count, BATCH):
        incidents = [Incident(**maker.incident()) for _ in range(min(BATCH, count - done))]
        Incident.objects.bulk_create(incidents)
        services, answers, factors, improvements, links, entries = [], [], [], [], [], []
        for one in incidents:
            services += [
                IncidentService(incident=one, name=name, started_at=one.started_at)
                for name in one.services.split(", ")
            ]
            found = [
                Factor(incident=one, question=question, leaf=leaf, words=words)
                for question, leaf, words in maker.factors()
            ]
            factors += found
            answers += [
                FactorAnswer(incident=one, question=q, answer="yes") for q in {f.question for f in found}
            ]
            for factor in found[: maker.chance.randrange(3)]:
                improvement = Improvement(incident=one, **maker.improvement(one.started_at))
                improvements.append(improvement)
                links.append(Improvement.factors.through(improvement=improvement, factor=factor))
            if one.started_at and maker.chance.random() < 0.2:
                entries += [
                    Entry(
                        incident=one, at=one.started_at + timedelta(minutes=n), place=n, words=maker.text(8)
                    )
                    for n in range(5)
                ]
        for model, rows in (
            (IncidentService, services),
            (FactorAnswer, answers),
            (Factor, factors),
            (Improvement, improvements),
            (Improvement.factors.through, links),
            (Entry, entries),
        ):
            model.objects.bulk_create(rows)
        yield done + len(incidents)

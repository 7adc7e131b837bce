"""The fixtures of the importers, and an export of a chat built by hand."""

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "data" / "importing"
NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
CHANNELS = [
    {
        "id": "C01",
        "name": "inc-checkout",
        "topic": {"value": "Checkout down &amp; out"},
        "purpose": {"value": ""},
    },
    {"id": "C02", "name": "random", "topic": {"value": ""}, "purpose": {"value": ""}},
]
USERS = [
    {"id": "U01", "name": "rowan", "real_name": "Rowan Ash", "profile": {"display_name": "rowan.a"}},
    {"id": "U02", "name": "kim", "profile": {}},
]
DAYS = {
    "inc-checkout/2026-11-20.json": [
        {
            "type": "message",
            "subtype": "channel_join",
            "user": "U01",
            "text": "joined",
            "ts": "1795181000.000100",
        },
        {
            "type": "message",
            "user": "U02",
            "text": "<@U01> the deploy broke &lt;checkout&gt;, see <https://status.example|the page>",
            "ts": "1795181220.000300",
        },
        {
            "type": "message",
            "user": "U01",
            "text": "rolled back, see <#C02|random> <!here>",
            "ts": "1795182720.000200",
        },
    ],
    "inc-checkout/2026-11-21.json": [
        {
            "type": "message",
            "bot_id": "B1",
            "text": "",
            "attachments": [{"fallback": "orders restored"}],
            "ts": "1795185120.999999",
        },
        {
            "type": "message",
            "user": "U02",
            "text": "graph",
            "files": [{"name": "graph.png"}],
            "ts": "1795190000.000000",
        },
    ],
}


def packed(members, **more):
    """Return a ZIP of members: text and bytes as they are, anything else as JSON."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**members, **more}.items():
            archive.writestr(name, content if isinstance(content, str | bytes) else json.dumps(content))
    return io.BytesIO(stream.getvalue())


def export(**changes):
    """Return a small Slack export, some members replaced or added; None takes one away."""
    members = {"channels.json": CHANNELS, "users.json": USERS, **DAYS} | changes
    return packed({name: content for name, content in members.items() if content is not None})


def sample(name):
    """Return the bytes of a fixture."""
    return (SAMPLES / name).read_bytes()


def shown(incident):
    """Return the entries as clock times and words."""
    return [(f"{entry.at:%H:%M}", entry.text) for entry in incident.entries]


def clocks(incident):
    """Return the four moments as clock times, None where not known."""
    times = incident.times
    return [
        None if one is None else f"{one:%d %H:%M}"
        for one in (times.started, times.detected, times.mitigated, times.resolved)
    ]

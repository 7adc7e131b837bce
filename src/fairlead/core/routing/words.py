"""The answer for a person, and for a program."""

import json
from typing import Final

from fairlead.core.routing.values import Answer, Hop, Loop, Node

_SHOWN: Final = 20
CANNOT_SEE: Final = (
    "What this cannot see: loops that last only while routers learn of a change; packet filters, tunnels, policy\n"
    "routing. It reads tables and does not work out routes from configuration."
)


def as_json(answer: Answer) -> str:
    """Return the answer as one JSON object."""
    return json.dumps(
        {
            "verdict": answer.verdict.value,
            "loops": [_loop(loop) for loop in answer.loops],
            "errors": list(answer.errors),
            "external_share": round(answer.external_share, 6),
        },
        ensure_ascii=False,
        indent=2,
    )


def _loop(loop: Loop) -> dict[str, object]:
    return {
        "vrf": loop.vrf,
        "family": loop.family.value,
        "prefix": loop.prefix,
        "cycle": list(loop.cycle),
        "regions": [list(region) for region in loop.regions],
        "hops": [hop._asdict() for hop in loop.hops],
    }


def as_text(answer: Answer) -> str:
    """Return the answer in lines for a terminal."""
    lines = [_headline(answer)]
    for loop in answer.loops[:_SHOWN]:
        lines += ["", *_loop_lines(loop)]
    lines += _more(len(answer.loops), "loop", "loops")
    if answer.errors:
        lines += ["", "What is wrong:", *(f"  {error}" for error in answer.errors[:_SHOWN])]
        lines += _more(len(answer.errors), "error", "errors")
    if answer.devices:
        devices = _count(answer.devices, "device", "devices")
        routes = _count(answer.routes, "route", "routes")
        lines += ["", f"Looked at: {devices}, {routes}."]
        lines += [f"Of all next hops, {answer.external_share:.1%} lead outside, where nothing is known."]
        lines += [CANNOT_SEE]
    return "\n".join(lines)


def _headline(answer: Answer) -> str:
    loops = _count(len(answer.loops), "loop", "loops")
    if answer.errors and not answer.devices:
        return "ERROR   the snapshot could not be read, so nothing was checked"
    if answer.errors:
        return f"ERROR   not everything could be followed; {loops} found in the rest"
    return f"REFUSE  {loops}" if answer.loops else "ACCEPT  no loop"


def _loop_lines(loop: Loop) -> list[str]:
    first = Node(loop.cycle[0], loop.vrf)
    circle = " → ".join([*loop.cycle, first.device])
    regions = ", ".join(f"{begin} – {end}" if begin != end else begin for begin, end in loop.regions[:_SHOWN])
    rest = len(loop.regions) - _SHOWN
    vrf = "" if first.words() == first.device else f", vrf {loop.vrf}"
    return [
        f"{loop.prefix}  {loop.family.words}{vrf}:  {circle}",
        *(f"  {_hop_words(hop)}" for hop in loop.hops),
        f"  addresses {regions}{f' and {rest} more' if rest > 0 else ''}",
    ]


def _hop_words(hop: Hop) -> str:
    by = f" via {hop.next_hop}" if hop.next_hop else ""
    out = f" out of {hop.interface}" if hop.interface else ""
    return f"{Node(hop.device, hop.vrf).words()} sends {hop.prefix}{by}{out} to {hop.to}"


def _more(found: int, one: str, several: str) -> list[str]:
    return [f"  and {_count(found - _SHOWN, one, several)} more"] if found > _SHOWN else []


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"

"""Small snapshots, written by hand in a line or two."""

import json

from fairlead.guard import snapshot

HEADER = "device,vrf,prefix,next_hop,interface\n"
# a and b share the link "ab" (192.0.2.0/30), b and c the link "bc" (192.0.2.4/30)
THREE = {
    "a": [{"name": "e0", "addresses": ["192.0.2.1/30", "fe80::a/64", "2001:db8::1/64"], "link": "ab"}],
    "b": [
        {"name": "e0", "addresses": ["192.0.2.2/30", "fe80::b/64", "2001:db8::2/64"], "link": "ab"},
        {"name": "e1", "addresses": ["192.0.2.5/30"], "link": "bc"},
    ],
    "c": [{"name": "e0", "addresses": ["192.0.2.6/30"], "link": "bc"}],
}


def wire(place, routers=THREE, externals=None):
    place.mkdir(parents=True, exist_ok=True)
    (place / "interfaces.json").write_text(json.dumps({"routers": routers}))
    if externals is not None:
        (place / "externals.json").write_text(json.dumps({"next_hops": externals}))


def rows(place, *lines, routers=THREE, externals=None):
    """Check a snapshot whose tables are these rows of routes.csv."""
    wire(place, routers, externals)
    (place / "routes.csv").write_text(HEADER + "\n".join(lines))
    return snapshot.check(place)


def via(ip, interface="e0", **more):
    return {"fib": True, "ip": ip, "interfaceName": interface, "active": True} | more


def used(*hops, **more):
    return {"protocol": "static", "selected": True, "installed": True, "nexthops": list(hops)} | more


def printed(place, tables, routers=THREE, externals=None):
    """Check a snapshot of files: "a/show_ip_route.json" to what stands in it, as a value or as text."""
    wire(place, routers, externals)
    for name, content in tables.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(content if isinstance(content, str) else json.dumps(content))
    return snapshot.check(place)


def circles(answer):
    return [(loop.prefix, "".join(loop.cycle)) for loop in answer.loops]

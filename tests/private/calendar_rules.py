"""A strict reader of calendars (RFC 5545, RFC 7986), which knows nothing of the library that writes them."""

import re

_LINE = re.compile(rb"([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^;:\"]+)*):(.*)", re.DOTALL)
_UTC = re.compile(rb"\d{8}T\d{6}Z")
_DURATION = re.compile(rb"P(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")
CALENDAR_ONCE = (b"PRODID", b"VERSION")
EVENT_ONCE = (b"UID", b"DTSTAMP", b"DTSTART", b"DTEND", b"SUMMARY", b"CLASS", b"SEQUENCE")
KNOWN = {
    *CALENDAR_ONCE,
    *EVENT_ONCE,
    b"CALSCALE",
    b"METHOD",
    b"NAME",
    b"REFRESH-INTERVAL",
    b"TZID",
    b"TZOFFSETFROM",
    b"TZOFFSETTO",
}


def problems(text: bytes) -> list[str]:
    """Return everything that is wrong with a calendar."""
    text.decode("utf-8")
    return _of_lines(text) + _of_components(text.replace(b"\r\n ", b"").split(b"\r\n")[:-1])


def _of_lines(text: bytes) -> list[str]:
    found = [f"a line of {len(line)} octets is not folded" for line in text.split(b"\r\n") if len(line) > 75]
    if set(text.replace(b"\r\n", b"")) & set(b"\r\n"):
        found.append("a line does not end in CRLF")
    if not text.endswith(b"\r\n"):
        found.append("the last line does not end")
    return found


def _of_components(lines: list[bytes]) -> list[str]:
    found: list[str] = []
    inside: list[tuple[bytes, list[bytes]]] = []
    ended: list[bytes] = []
    uids: list[bytes] = []
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            found.append(f"not a content line: {line!r}")
            continue
        name, parameters, value = match.groups()
        if name == b"BEGIN":
            inside.append((value, []))
        elif name == b"END":
            component, names = inside.pop()
            ended.append(value)
            found += [f"{value!r} ends where {component!r} began"] * (component != value)
            found += _counted(component, names)
        else:
            inside[-1][1].append(name)
            found += _valued(name, parameters, value)
            uids += [value] * (name == b"UID")
    found += [f"{component!r} never ends" for component, _ in inside]
    found += ["it is no calendar"] * (lines[:1] != [b"BEGIN:VCALENDAR"] or ended[-1:] != [b"VCALENDAR"])
    found += ["a calendar holds one component at least"] * (len(ended) < 2)
    found += ["two events have one UID"] * (len(uids) != len(set(uids)))
    return found


def _counted(component: bytes, names: list[bytes]) -> list[str]:
    once = {b"VCALENDAR": CALENDAR_ONCE, b"VEVENT": EVENT_ONCE}.get(component, ())
    wrong = [
        f"{name!r} stands {names.count(name)} times in {component!r}"
        for name in once
        if names.count(name) != 1
    ]
    return wrong + [f"{name!r} is not known here" for name in set(names) - KNOWN]


def _valued(name: bytes, parameters: bytes, value: bytes) -> list[str]:
    right = {
        b"VERSION": value == b"2.0",
        b"DTSTAMP": bool(_UTC.fullmatch(value)),
        b"DTEND": bool(_UTC.fullmatch(value)),
        b"CLASS": value == b"PRIVATE",
        b"SEQUENCE": value.isdigit(),
        b"METHOD": value == b"PUBLISH",
        b"CALSCALE": value == b"GREGORIAN",
        b"REFRESH-INTERVAL": parameters == b";VALUE=DURATION" and bool(_DURATION.fullmatch(value)),
    }.get(name, True)
    return [] if right else [f"{name!r} may not be {value!r}"]

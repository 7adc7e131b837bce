"""A directory with the routing tables of a network, read into what `core.routing` decides on.

Links may point inside the directory, never out of it. Large files are read in pieces.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from fairlead.core.routing import comma, frr, ntc, stream, wiring, words
from fairlead.core.routing.analyse import Place, analyse
from fairlead.core.routing.tables import Table, TableBuilder
from fairlead.core.routing.values import DEFAULT_VRF, Answer, Family, Node, Route, SnapshotError

READERS: Final = "fairlead.routing_readers"
Reader = Callable[[Path], Iterable[tuple[str, Route]]]

_PIECE: Final = 1 << 20
_TABLE = re.compile(r"show_(ip|ipv6)_route(?:_vrf_(.+))?\.json")

__all__ = ["READERS", "Reader", "check", "words"]


def check(directory: Path, reader: str = "") -> Answer:
    """Return the answer about a snapshot directory; whatever cannot be read becomes an error in it."""
    try:
        place = directory.resolve(strict=True)
        if not place.is_dir():
            return Answer(errors=(f"{directory} is not a directory.",))
        tables, errors = _Snapshot(place).tables(reader)
        if errors:
            return Answer(errors=tuple(errors))
        if not tables:
            return Answer(errors=(f"{directory} holds no routing table.",))
        return analyse(tables, _wiring(place))
    except SnapshotError as error:
        return Answer(errors=(str(error),))
    except OSError as error:
        return Answer(errors=(f"{error.filename or directory} cannot be read ({error.strerror}).",))


class _Snapshot:
    """Collects the tables of one directory, and what is wrong with any of them."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._tables: dict[Place, Table] = {}
        self._errors: list[str] = []

    def tables(self, reader: str) -> tuple[dict[Place, Table], list[str]]:
        """Return the tables and the errors."""
        devices = [
            path for path in sorted(self._place.iterdir()) if path.is_dir() and not path.name.startswith(".")
        ]
        rows = self._place / "routes.csv"
        if reader:
            self._attempt(f"the reader {reader}", lambda: self._by_device(_named(reader)(self._place)))
        elif rows.exists() or rows.is_symlink():
            if devices:
                self._errors.append(
                    "There are both routes.csv and directories of devices; which of them counts?"
                )
            self._attempt("routes.csv", lambda: self._by_device(comma.routes(_lines(self._place, rows))))
        else:
            for device in devices:
                self._device(device)
        return self._tables, self._errors

    def _attempt(self, name: str, work: Callable[[], None]) -> None:
        try:
            work()
        except SnapshotError as error:
            self._errors.append(f"{name}: {error}")
        except (UnicodeDecodeError, OSError) as error:
            self._errors.append(
                f"{name}: it cannot be read ({getattr(error, 'strerror', '') or 'it is not UTF-8'})."
            )

    def _device(self, path: Path) -> None:
        if not path.resolve().is_relative_to(self._place):
            self._errors.append(f"{path.name} is a link that leads out of the snapshot.")
            return
        found = [(file, match) for file in sorted(path.iterdir()) if (match := _TABLE.fullmatch(file.name))]
        if not found:
            self._errors.append(
                f"{path.name} holds no table: nothing in it is called show_ip_route.json or the like."
            )
        for file, match in found:
            family = Family.IPV6 if match[1] == "ipv6" else Family.IPV4
            name = f"{path.name}/{file.name}"
            self._attempt(name, lambda f=file, v=match[2], m=family: self._file(path.name, f, v or "", m))

    def _file(self, device: str, file: Path, vrf: str, family: Family) -> None:
        pieces = _pieces(self._place, file)
        first = next(pieces, "")
        rows_share_a_prefix = stream.is_list(first)
        members = stream.members(_again(first, pieces))
        routes = ntc.routes(members) if rows_share_a_prefix else frr.routes(members)
        builders = {vrf or DEFAULT_VRF: TableBuilder(family)}
        for route in routes:
            if route.vrf and vrf and route.vrf != vrf:
                raise SnapshotError(
                    f"it is named for vrf {vrf}, and “{route.prefix}” in it is of vrf {route.vrf}."
                )
            name = route.vrf or vrf or DEFAULT_VRF
            if name not in builders:
                builders[name] = TableBuilder(family)
            builders[name].add(route)
        if len(builders) > 1 and not vrf and builders[DEFAULT_VRF].is_empty:
            del builders[DEFAULT_VRF]  # the rows said themselves which VRF they are of
        for name, builder in builders.items():
            self._keep(
                Place(Node(device, name), family), builder.build(rows_share_a_prefix=rows_share_a_prefix)
            )

    def _by_device(self, rows: Iterable[tuple[str, Route]]) -> None:
        builders: dict[Place, TableBuilder] = {}
        for device, route in rows:
            family = Family.IPV6 if ":" in route.prefix else Family.IPV4
            key = Place(Node(device, route.vrf or DEFAULT_VRF), family)
            if key not in builders:
                builders[key] = TableBuilder(family)
            builders[key].add(route)
        for key, builder in builders.items():
            self._keep(key, builder.build(rows_share_a_prefix=True))

    def _keep(self, key: Place, table: Table) -> None:
        if key in self._tables:
            raise SnapshotError(
                f"another file holds the {key.family.value} table of vrf {key.node.vrf}, too."
            )
        self._tables[key] = table


def _named(reader: str) -> Reader:
    for point in entry_points(group=READERS):
        if point.name == reader:
            return point.load()
    raise SnapshotError(f"no installed package offers it; readers register under “{READERS}”.")


def _file_inside(place: Path, path: Path) -> Path:
    target = path.resolve()
    if not target.is_relative_to(place):
        raise SnapshotError("it is a link that leads out of the snapshot.")
    if not target.is_file():
        raise SnapshotError("it is not a file." if target.exists() else "it is a link that leads nowhere.")
    return target


def _pieces(place: Path, path: Path) -> Iterator[str]:
    with _file_inside(place, path).open(encoding="utf-8-sig") as file:
        while piece := file.read(_PIECE):
            yield piece


def _lines(place: Path, path: Path) -> Iterator[str]:
    with _file_inside(place, path).open(encoding="utf-8-sig", newline="") as file:
        yield from file


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _wiring(place: Path) -> wiring.Wiring:
    return wiring.read(_plain(place, "interfaces.json"), _plain(place, "externals.json"))


def _plain(place: Path, name: str) -> str:
    path = place / name
    if not path.exists() and not path.is_symlink():
        return ""
    try:
        return _file_inside(place, path).read_text("utf-8-sig") or " "
    except SnapshotError as error:
        raise SnapshotError(f"{name}: {error}") from None
    except UnicodeDecodeError:
        raise SnapshotError(f"{name} is not UTF-8.") from None

"""What does it cost to take everything away, and does memory stay where it was?

    .venv/bin/python -m benchmarks.exports [--count 20000]

Each table is read to its end at two sizes in one run; the peak is what this process holds above what it held before.
"""

import argparse
import resource
import time
from pathlib import Path

from benchmarks.incidents import set_up


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


def main() -> None:
    """Fill, read, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--data", type=Path, default=Path("/tmp/fairlead-bench-exports"))  # noqa: S108
    args = parser.parse_args()
    set_up(args.data)
    from benchmarks.incidents_made import fill  # noqa: PLC0415 - needs the settings
    from fairlead.commons.exports.selectors import of_improvements, of_incidents  # noqa: PLC0415
    from fairlead.commons.improvements.models import Improvement  # noqa: PLC0415
    from fairlead.commons.incidents.models import Incident  # noqa: PLC0415
    from fairlead.core.visibility import Actor  # noqa: PLC0415
    from fairlead.site.server import bring_up_to_date  # noqa: PLC0415

    bring_up_to_date()
    if Incident.objects.count() < args.count:
        for _ in fill(args.count):
            pass
    actor, everything = Actor("", ""), Incident.objects.all()
    half = Incident.objects.filter(
        started_at__gte=everything.order_by("-started_at")[args.count // 2].started_at
    )
    print(f"{args.count} incidents, SQLite")
    print(f"{'':22}{'of half':>9}{'of all':>9}{'size':>9}{'peak, half':>12}{'peak, all':>12}")
    for table, shape in (
        ("incidents", "csv"),
        ("timeline", "csv"),
        ("incidents", "json"),
        ("improvements", "csv"),
    ):
        times, peaks, size = [], [], 0
        for chosen in (half, everything):
            before, peak, size, began = _resident(), 0, 0, time.monotonic()
            if table == "improvements":
                pieces = of_improvements(actor, Improvement.objects.filter(incident__in=chosen), shape=shape)
            else:
                pieces = of_incidents(actor, chosen, table=table, shape=shape)
            for piece in pieces:
                size += len(piece)
                peak = max(peak, _resident() - before)
            times.append(time.monotonic() - began)
            peaks.append(max(peak, 0) / 1e6)
        print(
            f"{table + ', ' + shape:22}{times[0]:>7.1f} s{times[1]:>7.1f} s{size / 1e6:>6.0f} MB"
            f"{peaks[0]:>9.1f} MB{peaks[1]:>9.1f} MB"
        )


if __name__ == "__main__":
    main()

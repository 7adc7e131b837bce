"""What does reading the default playbook cost? It is read at the start of every command."""

import time
import tomllib

from fairlead.core.playbook.reader import default_text, read

RUNS = 15


def main() -> None:
    """Print the fastest and the median of several readings beside parsing the same TOML alone."""
    text = default_text()
    for name, work in (("tomllib alone", tomllib.loads), ("read and checked", read)):
        took = []
        for _ in range(RUNS):
            began = time.perf_counter()
            work(text)
            took.append(time.perf_counter() - began)
        print(f"{name:20}{min(took) * 1000:>8.1f} ms fastest{sorted(took)[RUNS // 2] * 1000:>8.1f} ms median")


if __name__ == "__main__":
    main()

"""What a calendar client costs that asks a thousand times: `python -m benchmarks.calendar_feed`.

The talk of the story at day 21, in a database of its own; the feed is asked for through the whole of Django, once as a
client that has nothing yet and once as one that has it already.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

TIMES = 1000


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="fairlead-benchmark-"))
    os.environ["FAIRLEAD_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "fairlead.site.settings"
    from fairlead.foundation.vault.keys import create_key_file  # noqa: PLC0415 - after the directory is known

    create_key_file(folder / "keys.json")
    from fairlead.site import operate  # noqa: PLC0415

    with operate.server():
        operate.load_demo("day-21")
        from django.test import Client  # noqa: PLC0415

        from fairlead.people.models import Account  # noqa: PLC0415
        from fairlead.people.reminding import calendar_open  # noqa: PLC0415

        address = f"/calendar/{calendar_open(Account.objects.get(email='jonas@harbour.example'))}.ics"
        client = Client(SERVER_NAME="127.0.0.1")
        etag = client.get(address)["ETag"]
        print(f"{'asked 1,000 times':<28}{'requests/s':>12}{'median ms':>12}{'p99 ms':>10}{'bytes':>8}")
        for name, headers in (("whole", {}), ("unchanged (If-None-Match)", {"If-None-Match": etag})):
            took, size = [], 0
            for _ in range(TIMES):
                began = time.perf_counter()
                answer = client.get(address, headers=headers)
                took.append((time.perf_counter() - began) * 1000)
                size = len(answer.content)
            rate = 1000 * TIMES / sum(took)
            p99 = sorted(took)[int(TIMES * 0.99)]
            print(f"{name:<28}{rate:>12.0f}{statistics.median(took):>12.2f}{p99:>10.2f}{size:>8}")


if __name__ == "__main__":
    main()

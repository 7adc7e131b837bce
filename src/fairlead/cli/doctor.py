"""`fairlead doctor`: what is wrong with this server, each in one sentence with its mend."""

import argparse
import json
from dataclasses import asdict

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, say_problem, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(args: argparse.Namespace) -> int:
    """Look at everything; 0 when all is well, 1 when something is not."""
    data = data_directory(args.data)
    if not data.exists():
        return say_problem(f"{data} is not there. `fairlead init` sets one up, `fairlead demo` shows one.")

    def work() -> int:
        from fairlead.site.doctor import examine  # noqa: PLC0415 - brings Django with it

        findings = list(examine())
        if args.json:
            print(json.dumps([asdict(finding) for finding in findings], indent=2))
        else:
            for finding in findings:
                print(
                    f"{'not well' if finding.problem else 'well':8}  {finding.what}: {finding.problem or finding.note}"
                )
                if finding.problem:
                    print(f"          mend: {finding.mend}")
        return exits.REFUSED if any(finding.problem for finding in findings) else exits.DONE

    return with_server(work)

"""`fairlead rule FL203`: what a rule marks, why, and what to write instead."""

import argparse
import sys

from fairlead.cli import exits


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.epilog = "examples:\n  fairlead rule FL203\n  fairlead rule            every rule in one line"
    parser.add_argument(
        "id", nargs="?", metavar="ID", help="a rule, such as FL203; without it all are listed"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from fairlead.core.language.building import rule_files, whole_rules  # noqa: PLC0415 - the door stays light
    from fairlead.core.language.pages import page  # noqa: PLC0415

    rules = whole_rules(rule_files())
    if args.id is None:
        for rule in rules:
            print(f"{rule['id']}  {rule['level']:10}  {rule['category']:22}  {rule['name']}")
        return exits.DONE
    found = next((rule for rule in rules if rule["id"] == args.id.upper()), None)
    if found is None:
        print(
            f"fairlead rule: there is no rule {args.id[:20]}. fairlead rule lists them all.", file=sys.stderr
        )
        return exits.USAGE
    print(page(found), end="")
    return exits.DONE

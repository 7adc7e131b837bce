"""`fairlead --version`."""

import argparse
from collections.abc import Sequence
from typing import Any

from fairlead.cli import exits


class Version(argparse.Action):
    """Reads the installed version only when asked: looking it up costs more than starting."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_kwargs: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and leave")

    def __call__(self, parser: argparse.ArgumentParser, *_args: Any) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - see the class

        print(f"fairlead {version('fairlead')}")
        parser.exit(exits.DONE)

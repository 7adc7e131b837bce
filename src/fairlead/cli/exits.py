"""The three answers a command gives to the shell; `fairlead --help` names them."""

from typing import Final

DONE: Final = 0
REFUSED: Final = 1  # a finding, or something Fairlead will not do
USAGE: Final = 2  # a wrong command line, or an error it could not get past
STOPPED: Final = 130  # Ctrl+C, as every shell expects it

"""Asking in a terminal: one question at a time, a default for each, kind about an answer it cannot read."""

import os
import sys
from collections.abc import Callable
from typing import TextIO, TypeVar

from fairlead.cli.terminal import styled

Answer = TypeVar("Answer")

_PASTE_PAUSE = 0.08  # seconds: lines that follow faster were pasted, not typed


class AgainError(Exception):
    """The answer could not be read; the text says, kindly, what would do."""


class Asker:
    """Asks on one stream and reads from another. After the end of the input every question takes its default."""

    def __init__(self, answers: TextIO | None = None, screen: TextIO | None = None) -> None:
        self.answers = answers or sys.stdin
        self.screen = screen or (
            sys.stderr if self.answers.isatty() and not sys.stdout.isatty() else sys.stdout
        )
        self.ended = False
        self.typed = False

    @property
    def is_somebody_there(self) -> bool:
        """Say whether a person sits at the other end, who can be asked to look again."""
        return self.answers.isatty()

    def say(self, *lines: str) -> None:
        """Print lines to the person. A reader that has gone away (`| head`) does not stop the work."""
        try:
            print(*lines, sep="\n", file=self.screen, flush=True)
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.screen.fileno())  # what is left in the buffer goes there, too
            os.close(nowhere)

    def ask(
        self,
        question: str,
        *,
        default: Answer,
        shown: str,
        read: Callable[[str], Answer],
        paste: bool = False,
    ) -> Answer:
        """Ask until `read` accepts the answer; an empty one, and the end of the input, take `default`.

        `read` raises AgainError to ask again. `shown` is the default in words. With `paste`, lines that arrive at
        once belong to one answer.
        """
        if self.ended:
            return default
        self.say("", styled(question, "bold", self.screen))
        while True:
            print(
                styled(f"[{shown}] " if shown else "> ", "dim", self.screen),
                end="",
                file=self.screen,
                flush=True,
            )
            line = self.answers.readline()
            if not line:
                self.ended = True
                self.say("", "There are no more answers, so everything else takes its default.")
                return default
            if paste:
                line += self._pasted()
            if not line.strip():
                return default
            self.typed = True
            try:
                return read(line.strip())
            except AgainError as kindly:
                self.say(str(kindly))

    def _pasted(self) -> str:
        """Return the lines that arrived together with the first one. A pipe hands over one line at a time."""
        if not self.answers.isatty():
            return ""
        from select import select  # noqa: PLC0415 - nothing is imported before the first question is on the screen

        lines: list[str] = []
        while select([self.answers], [], [], _PASTE_PAUSE)[0]:
            line = self.answers.readline()
            if not line:
                break
            lines.append(line)
        return "".join(lines)

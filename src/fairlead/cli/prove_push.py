"""`fairlead prove --push`: asks the server where it stands before the runs, and tells it what it lacks after them."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairlead.cli import exits

if TYPE_CHECKING:
    from fairlead.guard.proofs.files import Proof


class Push:
    """One server and what it is to be told. A server that is away stops no run: evidence waits."""

    def __init__(self, url: str, root: Path) -> None:
        from fairlead.guard.proofs.pushing import Target  # noqa: PLC0415 - only where something is pushed

        self._target = Target(url, os.environ.get("FAIRLEAD_TOKEN", ""))
        self._root = root
        self._waiting: list[dict[str, Any]] = []
        self._trouble: dict[str, str] = {}  # by proof, in the server's or our own words
        self._unlinked: list[str] = []

    def begin(self, proof: "Proof") -> None:
        """Let the evidence of a proof go on from the last entry that the server has."""
        from fairlead.guard.proofs.evidence import go_on_from  # noqa: PLC0415
        from fairlead.guard.proofs.pushing import PushError  # noqa: PLC0415

        if not proof.improvement:
            self._unlinked.append(proof.id)
            return
        try:
            head = self._target.head(proof.id, proof.improvement)
        except PushError as error:
            self._trouble[proof.id] = str(error)
            return
        lacks, aside = go_on_from(self._root, proof.id, head)
        self._waiting += lacks
        if aside:
            print(
                f"{proof.id}: the server has reports that are not here, so the evidence goes on from them. What was "
                f"here is in {aside.name}.",
                file=sys.stderr,
            )

    def add(self, made: dict[str, Any]) -> None:
        """Take a new entry along."""
        if made["proof"] not in self._trouble and made["proof"] not in self._unlinked:
            self._waiting.append(made)

    def finish(self) -> int:
        """Send what waits, oldest first; returns the exit code."""
        from fairlead.guard.proofs.pushing import PushError  # noqa: PLC0415

        told = 0
        for made in self._waiting:
            if made["proof"] in self._trouble:
                continue
            try:
                self._target.send(made)
            except PushError as error:
                self._trouble[made["proof"]] = str(error)
            else:
                told += 1
        if told:
            print(f"{told} report{'s' * (told != 1)} told to {self._target.url}.", file=sys.stderr)
        for proof_id in self._unlinked:
            print(
                f"{proof_id}: not pushed, because its file names no improvement. The improvement's page shows the id.",
                file=sys.stderr,
            )
        for words in dict.fromkeys(self._trouble.values()):
            print(words, file=sys.stderr)
        return exits.USAGE if self._trouble else exits.DONE

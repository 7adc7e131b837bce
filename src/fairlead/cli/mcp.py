"""`fairlead mcp`: the commons for a coding agent, over standard input and output. Nothing private is in reach of it."""

import argparse
import os
import sys
from pathlib import Path
from typing import Annotated, Any, Final

from fairlead.cli import exits
from fairlead.cli.lessons import SNAPSHOT

EXAMPLES: Final = """\
examples:
  fairlead mcp https://fairlead.example     the token stands in FAIRLEAD_TOKEN
  fairlead mcp                              offline, from the snapshot of the lessons

docs/mcp.md says how to tell an agent of it."""
INSTRUCTIONS: Final = (
    "Before you change a file, ask lessons_for_change with your diff and tell the person what it says. Lessons speak "
    "of systems, never of people: do not ask who did something, and write nobody's name into a flag."
)
Diff = Annotated[str, "A unified diff, or lines that begin with + and -."]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.epilog = EXAMPLES
    parser.add_argument(
        "url", nargs="?", default="", help="the server (default: where the lessons came from)"
    )
    parser.add_argument("--snapshot", type=Path, default=SNAPSHOT, help=f"the lessons ({SNAPSHOT})")


def run(args: argparse.Namespace) -> int:
    """Serve until standard input ends."""
    try:
        server = build(args.url.rstrip("/"), os.environ.get("FAIRLEAD_TOKEN", ""), args.snapshot)
    except ImportError:  # pragma: no cover - the package is among those that are installed with us
        print("fairlead mcp: the package mcp is not installed.", file=sys.stderr)
        return exits.USAGE
    server.run("stdio")
    return exits.DONE


def build(url: str, token: str, snapshot: Path) -> Any:
    """Return the server with its four tools."""
    from mcp.server import MCPServer  # noqa: PLC0415 - no other command pays for it
    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415
    from mcp.types import ToolAnnotations  # noqa: PLC0415

    from fairlead.guard.agent import Agent, AgentError  # noqa: PLC0415

    agent = Agent(url, token, snapshot)
    server = MCPServer("fairlead", instructions=INSTRUCTIONS, log_level="ERROR")
    reads = ToolAnnotations(read_only_hint=True)

    def told(answer: Any, *given: Any) -> Any:
        try:
            return answer(*given)
        except AgentError as error:
            raise ToolError(str(error)) from None

    @server.tool(annotations=reads)
    def lessons_for_change(
        diff: Diff = "", ticket: str = "", services: list[str] | None = None, roles: list[str] | None = None
    ) -> dict[str, Any]:
        """Say which lessons of earlier incidents fire on a change: at most three, why, and the safeguards to run.

        Nothing of the change leaves this machine.
        """
        return told(agent.lessons, diff, ticket, services or [], roles or [])

    @server.tool(annotations=reads)
    def similar_incidents(words: str, services: list[str] | None = None) -> list[dict[str, Any]]:
        """Has this happened before? The incidents most like what the words describe, each with the reasons.

        The words are sent to the organisation's own server.
        """
        return told(agent.similar, words, services or [])

    @server.tool(annotations=reads)
    def lint_text(text: str) -> list[dict[str, Any]]:
        """Say where words that everybody may read do harm or name somebody, and what could stand there instead."""
        return agent.lint(text)

    @server.tool(
        annotations=ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=True)
    )
    def raise_flag(title: str, what_was_seen: str = "") -> dict[str, Any]:
        """Put something odd on record early, before or without harm, so that others can look at it together.

        Systems, not people: a text that names somebody is refused. Ask the person first.
        """
        return told(agent.flag, title, what_was_seen)

    return server

"""What a lesson is: what to know when changing a certain thing, and what has to be seen for it to be said."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Triggers:
    """What has to be seen in a change. Kinds that are given stand together (and); values of one kind are choices (or).

    `paths` are globs ("network/**/*.cfg"), `sections` the beginning of an enclosing block or of a changed line
    ("router bgp"), `added` and `removed` patterns in the RE2 dialect on changed lines, never on those around them,
    `symbols` names in changed lines, `services` and `roles` what the change says it is about.
    """

    paths: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def given(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the kinds that have values, with them."""
        return tuple((one.name, getattr(self, one.name)) for one in fields(self) if getattr(self, one.name))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: its id, one line of title, what to know, the safeguards to run by their proof ids, and its triggers.

    A lesson in `shadow` is matched and counted but not shown. `mechanism` is a key of the playbook, or empty. `edition`
    grows with every change on the server; 0 is one that was written by hand.
    """

    id: str
    title: str
    know: str
    triggers: Triggers
    safeguards: tuple[str, ...] = ()
    mechanism: str = ""
    shadow: bool = False
    edition: int = 0

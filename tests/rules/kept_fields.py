"""The table in docs/fields.md, written from the models: `python -m tests.rules.kept_fields`.

It is for works councils and data protection officers. The models say which fields there are and how they are kept,
`kept_fields.toml` beside this file what they are for; a test fails for a field that it does not know.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

_KNOWN = Path(__file__).with_name("kept_fields.toml")
PAGE = Path(__file__).parents[2] / "docs" / "fields.md"
_COMMONS = "fairlead.commons"
_INTRO = """\
# What is kept, what for, who reads it and how long

Made by `python -m tests.rules.kept_fields` from the models and what stands beside that program. It lists every field
outside the commons. What stands in the commons is for everybody in the organisation and names nobody; where it has to
know who acted, it keeps a keyed hash.

Sealed: encrypted with a key of its own talk, source or packet, and unreadable once that key is destroyed.
"""


class PurposeMissingError(Exception):
    """A field or an app that nobody has said the purpose of; the text says where to write it."""


def known() -> dict[str, Any]:
    """Return what is said of apps and fields."""
    return tomllib.loads(_KNOWN.read_text("utf-8"))


def models() -> Iterator[type[Model]]:
    """Yield our own models outside the commons, in the order of their names."""
    ours = [one for one in apps.get_models() if one.__module__.startswith("fairlead.")]
    yield from sorted((one for one in ours if not one.__module__.startswith(_COMMONS)), key=place)


def place(model: type[Model]) -> str:
    """Return where a model lives below `fairlead`, such as "private.closure.Closure"."""
    app = model.__module__.removeprefix("fairlead.").removesuffix(".models")
    return f"{app}.{model.__name__}"


def fields(model: type[Model]) -> list[Field]:
    """Return the kept fields of a model."""
    return [one for one in model._meta.get_fields() if isinstance(one, Field) and one.concrete]


def said_of(path: str, apps_said: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return readers and retention for a model: what is said of it, or of the nearest app above it.

    Raises PurposeMissingError.
    """
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        found = apps_said.get(".".join(parts[:length]))
        if found is not None:
            return found
    raise PurposeMissingError(
        f'Say who reads {path} and how long it is kept: [apps."{path}"] in {_KNOWN.name}.'
    )


def purpose_of(path: str, name: str, purposes: dict[str, str]) -> str:
    """Return what a field is for. Raises PurposeMissingError."""
    found = purposes.get(f"{path}.{name}") or purposes.get(name)
    if found is None:
        raise PurposeMissingError(
            f'Say what {path}.{name} is for: a line `{name} = "…"` (or `"{path}.{name}" = "…"`) under [fields] in '
            f"{_KNOWN.name}, then run `python -m tests.rules.kept_fields`."
        )
    return found


def _how(field: Field) -> str:
    return "sealed" if type(field).__name__ == "SealedField" else "in the clear"


def table() -> str:
    """Return the whole page. Raises PurposeMissingError."""
    said = known()
    parts = [_INTRO]
    for model in models():
        path = place(model)
        about = said_of(path, said["apps"])
        first = (model.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")
        rows = [
            f"| `{one.name}` | {purpose_of(path, one.name, said['fields'])} | {_how(one)} |"
            for one in fields(model)
        ]
        parts.append(
            f"## {path}\n\n{' '.join(first.split())}\n\nRead by: {about['readers']}. Kept: {about['kept']}.\n\n"
            "| field | what for | how |\n|---|---|---|\n" + "\n".join(rows) + "\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    import tests.conftest  # noqa: F401 - sets Django up

    PAGE.write_text(table(), "utf-8")

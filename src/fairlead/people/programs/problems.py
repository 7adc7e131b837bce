"""The one shape of every error, and which status each refusal has."""

from typing import Any, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404
from ninja import Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import Field

from fairlead.core.refusal import NotYours, Refused

Thing = TypeVar("Thing")


class MissingThing(Schema):
    """One thing that stands in the way."""

    code: str = Field(description="Stable, for a program.")
    words: str = Field(description="For a person.")
    field: str = Field("", description="The field it stands in, where it is a place in a text.")


class Problem(Schema):
    """What happened, and what to do. Nothing was changed."""

    title: str = Field(description="What happened, in a few words.")
    detail: str = Field(description="What to do.")
    field: str = Field("", description="The field it is about, if it is about one.")
    missing: list[MissingThing] = Field(
        default_factory=list, description="Every single thing that stands in the way, with its own words."
    )
    neutral: dict[str, str] = Field(
        default_factory=dict, description="By field: a text that named somebody, in words that name nobody."
    )


class ScopeMissing(Exception):  # noqa: N818 - named for what has happened
    """A token that is good for other things."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class Unreadable(Exception):  # noqa: N818 - named for what has happened
    """A body that is not JSON, or not said to be."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


def here(thing: Thing | None) -> Thing:
    """Return a thing that was looked for, or raise the one 404."""
    if thing is None:
        raise Http404
    return thing


READING = frozenset({401, 403, 422, 429, 503})
READING_ONE = READING | {404}
WRITING = READING_ONE | {400, 409, 413, 415}


def said(
    status: int, title: str, detail: str, field: str = "", missing: Any = ()
) -> tuple[int, dict[str, Any]]:
    """Return an error as status and body."""
    things = [{"code": code, "words": words, "field": ""} for code, words in missing]
    return status, {"title": title, "detail": detail, "field": field, "missing": things, "neutral": {}}


def _refused(refused: Refused) -> tuple[int, dict[str, Any]]:
    missing = [(one.code, one.words) for one in refused.missing]
    if isinstance(refused, NotYours):
        return said(403, "Not allowed", refused.reason, refused.field, missing)
    if refused.field == "edition":
        return said(
            409,
            "Changed meanwhile",
            "Somebody else changed this after you read it. Read it again, and send your change with its new edition.",
            "edition",
            missing,
        )
    if refused.field or missing:
        return said(422, "Not accepted", refused.reason, refused.field, missing)
    return said(409, "Not now", refused.reason, "", missing)


def _invalid(error: ValidationError) -> tuple[int, dict[str, Any]]:
    found = []
    for one in error.errors:
        source, *path = (str(part) for part in one["loc"])
        name = ".".join(path[1:] if source == "body" else path) or source
        found.append((name, str(one["type"]), f"{name}: {one['msg']}"))
    what = "The fields listed under “missing” cannot be used as they are. Correct them and send it again."
    first = found[0][0] if found else ""
    return said(422, "Not accepted", what, first, [(code, words) for _, code, words in found])


_FIXED: tuple[tuple[type[Exception], tuple[int, str, str]], ...] = (
    (
        AuthenticationError,
        (
            401,
            "No valid token",
            "Send one as “Authorization: Bearer fl_…”. It may have ended or been revoked. A browser's sign-in is none.",
        ),
    ),
    (
        RequestDataTooBig,
        (413, "Too long", "This is longer than the 12 MB one request can take. Send it in parts."),
    ),
    (Throttled, (429, "Too many requests", "Wait as many seconds as Retry-After says, and go on.")),
    (Http404, (404, "Not here", "There is nothing at this address, or it is not for you.")),
    (
        OperationalError,
        (503, "Not now", "The database did not answer. Nothing was saved; send it again in a moment."),
    ),
)


def told(error: BaseException) -> tuple[int, dict[str, Any]] | None:
    """Return the answer to an exception, or None for one that nobody foresaw."""
    if (
        type(error) is HttpError and error.__context__
    ):  # the library's own hides what the body's reader had to say
        return told(error.__context__)
    match error:
        case Refused():
            return _refused(error)
        case ValidationError():
            return _invalid(error)
        case Unreadable():
            return said(error.status, "Not readable", error.detail)
        case ScopeMissing():
            words = f"This token is not good for {error.scope}. “Access for programs” makes one that is."
            return said(403, "Not allowed", words, missing=[("scope", error.scope)])
    return next((said(*fixed) for kind, fixed in _FIXED if isinstance(error, kind)), None)

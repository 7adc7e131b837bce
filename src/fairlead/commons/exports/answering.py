"""An answer that is sent while it is still being read from the database."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from fairlead.commons.exports.selectors import TYPES, Shape
from fairlead.people.selectors import today


def sent(request: HttpRequest, pieces: Iterator[str], *, table: str, shape: Shape) -> HttpResponseBase:
    """Return a file to save, named for what is in it and the day."""
    headers = {
        "Content-Type": TYPES[shape],
        "Content-Disposition": f'attachment; filename="fairlead-{table}-{today():%Y-%m-%d}.{shape}"',
    }
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse((piece.encode() for piece in pieces), headers=headers)

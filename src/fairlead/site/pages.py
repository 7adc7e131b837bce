"""The environment of our own pages: what every template may use."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from jinja2 import Environment, StrictUndefined, Template, pass_context
from jinja2.environment import TemplateModule
from jinja2.ext import Extension
from jinja2.runtime import Context
from markupsafe import Markup

from fairlead.core.deidentify.keeping import KEEP_BECAUSE
from fairlead.core.impact import duration_words, format_money
from fairlead.people.actors import actor_of
from fairlead.site.coaching import marked_parts

_SOMETHING = UUID(int=0)


@cache
def _around(name: str) -> tuple[str, str]:
    """Return what stands before and after the id in the address of one thing."""
    before, _, after = reverse(name, args=[_SOMETHING]).partition(str(_SOMETHING))
    return before, after


def _url(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a page. That of one thing is put together here: reversing forty was a tenth of a list."""
    if len(args) == 1 and not kwargs and isinstance(args[0], UUID):
        before, after = _around(name)
        return f"{before}{args[0]}{after}"
    return reverse(name, args=args, kwargs=kwargs)


@pass_context
def _when(context: Context, moment: datetime | None, zone: str = "") -> Markup | str:
    """Show a moment in the viewer's zone, the other zone (UTC when none is given) on hover."""
    if moment is None:
        return "not known"
    mine = ZoneInfo(context.get("zone", "UTC"))
    other = ZoneInfo(zone) if zone else UTC
    here, there = moment.astimezone(mine), moment.astimezone(other)
    utc = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    aside = f"{there:%-d %b %Y, %H:%M} {there.tzname() if zone else 'UTC'}"
    # Digits and names of months and zones need no escaping, which took half the time of a column of moments.
    return Markup(f'<time datetime="{utc}" title="{aside}">{here:%a %-d %b %Y, %H:%M}</time>')  # noqa: S704


def _day(value: date | datetime | None) -> str:
    return "no day yet" if value is None else value.strftime("%a %-d %B %Y")


class PageTemplate(Template):
    """A template whose macros are made ready once for a page, however many parts of the page import them."""

    def make_module(
        self,
        vars: dict[str, object] | None = None,  # noqa: A002 - the name Jinja calls it by
        shared: bool = False,  # noqa: FBT001, FBT002
        locals: Mapping[str, object] | None = None,  # noqa: A002
    ) -> TemplateModule:
        """Return the macros of this template for the page whose context `vars` is."""
        ready = (vars or {}).get("macros_ready")
        if not isinstance(ready, dict):
            return super().make_module(vars, shared, locals)
        if self.name not in ready:
            ready[self.name] = super().make_module(vars, shared, locals)
        return ready[self.name]


class Unindented(Extension):
    """Templates are indented for those who read them; a browser does not need it, and a page is four percent of it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template with its lines begun at the edge."""
        return re.sub(r"(?m)^[ \t]+", "", source)


def environment(**options: object) -> Environment:
    """Make the Jinja2 environment: a name that is not there is an error, never an empty place on the page."""
    env = Environment(  # noqa: S701 - Django passes autoescape=True among the options
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )  # type: ignore[arg-type]
    env.template_class = PageTemplate
    env.add_extension(Unindented)
    # What a file is called holds as long as the server runs; every page names sixteen of them.
    env.globals.update(static=cache(static), url=_url, keep_because=KEEP_BECAUSE)
    env.filters.update(when=_when, day=_day, money=format_money, duration=duration_words)
    env.filters["marked_parts"] = marked_parts
    return env


# Where what is written goes, by the part of the product that asks for it; the longest beginning counts. What is written
# in the heat of an incident, or said to practise, is not interrupted.
_AUDIENCES = {
    "fairlead.commons.": "commons",
    "fairlead.site.": "commons",
    "fairlead.private.": "private",
    "fairlead.private.messages.": "commons",
    "fairlead.private.rehearsal.": "",
    "fairlead.sources.intake.views.look_over": "commons",
    "fairlead.sources.records.views.": "commons",
}


def _audience(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    view = f"{match.func.__module__}.{getattr(match.func, '__name__', '')}" if match else ""
    begins = max((one for one in _AUDIENCES if view.startswith(one)), key=len, default="")
    return _AUDIENCES.get(begins, "")


def context(request: HttpRequest) -> dict[str, object]:
    """Give every page the person who looks, their zone, and what is to be told once."""
    user = getattr(request, "user", None)
    me = user if user is not None and user.is_authenticated else None
    return {
        "macros_ready": {},  # see PageTemplate: it lives as long as this page is drawn
        "me": me,
        "zone": me.zone if me else "UTC",
        "audience": _audience(request) if me else "",
        # Only managers prepare a talk; asked of the database when the page's head is drawn, not before.
        "leads": SimpleLazyObject(lambda: me is not None and actor_of(me).is_manager),
        "messages": list(get_messages(request)) if hasattr(request, "_messages") else [],
    }

"""Taking the lists away as they are narrowed at that moment."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from fairlead.commons.exports.answering import sent
from fairlead.commons.exports.selectors import OF_INCIDENTS, TYPES, of_improvements, of_incidents
from fairlead.commons.filtering import chosen
from fairlead.commons.improvements.board import BoardFilters, improvements_chosen
from fairlead.commons.improvements.forms import BoardFilterForm
from fairlead.commons.incidents.forms import IncidentFilterForm
from fairlead.commons.incidents.listing import IncidentFilters, incidents_chosen
from fairlead.people.actors import actor_of
from fairlead.people.selectors import today


@require_safe
def export(request: HttpRequest, table: str, shape: str) -> HttpResponseBase:
    """A list with the filters in its address, as a file."""
    actor = actor_of(request.user)
    if shape not in TYPES:
        raise Http404
    if table == "improvements":
        wanted = BoardFilters(**chosen(BoardFilterForm(request.GET)))
        pieces = of_improvements(actor, improvements_chosen(actor, wanted, today=today()), shape=shape)
    elif table in OF_INCIDENTS:
        filters = IncidentFilters(**chosen(IncidentFilterForm(request.GET)), zone=request.user.zone)
        pieces = of_incidents(actor, incidents_chosen(actor, filters), table=table, shape=shape)
    else:
        raise Http404
    return sent(request, pieces, table=table, shape=shape)

"""Taking a delivery once."""

from django.db import transaction

from fairlead.core.importing.values import Reading
from fairlead.core.webhooks import WINDOW
from fairlead.foundation import clock
from fairlead.foundation.vault.marks import keyed_hash
from fairlead.integrations.pagerduty.models import Delivery
from fairlead.integrations.receiving import Receiver
from fairlead.sources.intake.services import incident_bring


def delivery_take(event_id: str, reading: Reading, body: bytes, *, by: Receiver) -> bool:
    """Bring in what an event tells unless the same event has come before; returns whether it was new.

    The note of the delivery stands or falls with what it brought, so that one that failed can be sent again.
    """
    now = clock.now()
    digest = keyed_hash("pagerduty", event_id.encode("utf-8", "replace"))
    with transaction.atomic():
        Delivery.objects.filter(at__lt=now - 2 * WINDOW).delete()
        _, is_new = Delivery.objects.get_or_create(digest=digest, defaults={"at": now})
        if is_new:
            for incident in reading.incidents:
                incident_bring(
                    by.actor, imported=incident, kind="pagerduty", content=body, readers=by.readers
                )
    return is_new

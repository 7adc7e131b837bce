"""What `fairlead import` asks of the server: putting what was read on record, for somebody who works here."""

from collections.abc import Callable
from pathlib import Path

from fairlead.core.importing.values import ImportedIncident
from fairlead.core.visibility import Actor
from fairlead.people.actors import actor_of
from fairlead.people.models import Account, OrgRole
from fairlead.people.selectors import account_by_email
from fairlead.reading.process import Job, Outcome
from fairlead.site.operate import CannotError, organisation_name
from fairlead.sources.intake.batch import ONE_FILE_EACH, Tally, as_record, bring_all


def put_on_record(
    job: Job, outcome: Outcome, *, email: str | None, seen: Callable[[int, int], None]
) -> Tally:
    """Bring in every incident that was read. Raises CannotError when nobody is there to bring it, and Refused."""
    if not organisation_name():
        raise CannotError(
            "There is no organisation here yet. Run `fairlead init`, or name another place with --data."
        )
    actor = actor_of(account_by_email(email)) if email else _the_operator()

    def content_of(imported: ImportedIncident) -> tuple[str, bytes]:
        path = outcome.files.get(imported.source_id, "-")
        if job.format not in ONE_FILE_EACH:
            return "", as_record(imported)
        return ("", job.given) if path == "-" else (Path(path).name, Path(path).read_bytes())

    return bring_all(actor, outcome.incidents, format_=job.format, content_of=content_of, seen=seen)


def _the_operator() -> Actor:
    found = Account.objects.filter(is_active=True, memberships__ended_at=None, memberships__isnull=False)
    operators = [one for one in found.distinct() if OrgRole.OPERATOR.value in one.org_roles]
    if len(operators) != 1:
        raise CannotError(
            "Say who brings this in, with --as and an e-mail: somebody who works in a team. "
            "The sources can be read by them alone, until they let others in."
        )
    return actor_of(operators[0])

"""What the command line asks of the server, each in one call. Whatever cannot be done is one sentence."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django.db
from environs import EnvError

from fairlead.core.refusal import Refused
from fairlead.foundation.vault.keys import KeyFileError
from fairlead.site.server import bring_up_to_date, set_up


class CannotError(Exception):
    """Something cannot be done; the text is one sentence with its mend."""


@contextmanager
def server() -> Iterator[None]:
    """Bring the server's settings and database up for a block of work. Raises CannotError for all that goes wrong."""
    try:
        set_up()
        yield
    except Refused as refused:
        raise CannotError(refused.reason) from refused
    except (EnvError, KeyFileError, ValueError) as error:
        raise CannotError(" ".join(str(error).split())) from error
    except django.db.Error as error:
        raise CannotError(f"The database cannot be used: {error}. `fairlead doctor` says more.") from error


def organisation_name() -> str:
    """Return the name of the organisation here, or an empty text; the database is brought up to date first."""
    from fairlead.people.models import Organisation  # noqa: PLC0415 - models need the settings

    bring_up_to_date()
    found = Organisation.objects.first()
    return found.name if found else ""


def refuse_weak(password: str) -> None:
    """Raise CannotError for a password that is too short or too common."""
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    try:
        validate_password(password)
    except ValidationError as error:
        raise CannotError(" ".join(error.messages)) from None


def start_organisation(
    *,
    name: str,
    currency: str,
    zone: str,
    email: str,
    user_name: str,
    team: str,
    password: str,
    source_days: int | None = None,
) -> None:
    """Set up the organisation and its first user, who manages the first team and runs the server."""
    from django.db import transaction  # noqa: PLC0415

    from fairlead.people.services import (  # noqa: PLC0415
        account_add,
        organisation_set,
        retention_set,
        team_join,
    )

    refuse_weak(password)
    with transaction.atomic():
        organisation_set(name=name, currency=currency, zone=zone)
        if source_days is not None:
            retention_set(source_days=source_days)
        account = account_add(
            email=email, name=user_name, password=password, zone=zone, org_roles=["operator"]
        )
        team_join(team=team, account=account, manages=True)


def load_demo(stage: str = "") -> str:
    """Load the story where nothing is yet, and return how to sign in as each of the cast.

    `stage` is a day of the ninety, such as "day-21". Raises CannotError where the place holds something else.
    """
    from django.conf import settings  # noqa: PLC0415

    from fairlead.site.demo.story import ORGANISATION, load_story, who_to_sign_in_as  # noqa: PLC0415

    existing = organisation_name()
    if existing and existing != ORGANISATION:
        raise CannotError(
            f"This place holds {existing}, not the demo. Choose another --data; nothing was touched."
        )
    kept = settings.FAIRLEAD_DATA / "demo-stage"
    loaded = kept.read_text("utf-8") if kept.exists() else ""
    if existing and stage not in {"", loaded}:
        raise CannotError(
            f"This place holds the story at {loaded or 'its first day'}. To see it at {stage}, choose another --data; "
            "nothing was touched."
        )
    if not existing:
        load_story(stage)
        kept.write_text(stage, "utf-8")
    return who_to_sign_in_as()


def demo_improvement() -> str:
    """Return the id of the story's improvement that a proof is run of, or nothing while it is not made yet."""
    from fairlead.site.demo.ninety import CHECKED_FOR_LOOPS, improvement_of  # noqa: PLC0415

    found = improvement_of(CHECKED_FOR_LOOPS)
    return str(found.pk) if found else ""


def demo_proved(report: Mapping[str, Any]) -> None:
    """Take the report of the proof that was run for the demo, as a pipeline of the network team would send it."""
    from fairlead.commons.proofs.services import proving_report  # noqa: PLC0415
    from fairlead.people.actors import actor_of  # noqa: PLC0415
    from fairlead.people.models import Account  # noqa: PLC0415

    priya = Account.objects.get(email="priya@harbour.example")
    proving_report(actor_of(priya), name=report["proof"], report=report)


def user_add(
    *,
    email: str,
    name: str,
    password: str,
    zone: str,
    country: str,
    region: str,
    handles: Iterable[str],
    roles: Iterable[str],
    team: str,
    manages: bool,
) -> None:
    """Add somebody, in a team if one is named. Raises Refused, for example for a country whose holidays are unknown."""
    from django.db import transaction  # noqa: PLC0415

    from fairlead.people.reminding import working_times_set  # noqa: PLC0415
    from fairlead.people.services import account_add, team_join  # noqa: PLC0415

    refuse_weak(password)
    with transaction.atomic():
        account = account_add(
            email=email, name=name, password=password, zone=zone, handles=handles, org_roles=roles
        )
        if country or region:
            working_times_set(
                account,
                zone=zone,
                working_week=map(int, account.working_week),
                country=country,
                region=region,
            )
        if team:
            team_join(team=team, account=account, manages=manages)


def user_password(*, email: str, password: str) -> None:
    """Give somebody a new password."""
    from fairlead.people.selectors import account_by_email  # noqa: PLC0415
    from fairlead.people.services import password_set  # noqa: PLC0415

    refuse_weak(password)
    password_set(account=account_by_email(email), password=password)


def user_team(*, email: str, team: str, manages: bool) -> None:
    """Put somebody into a team."""
    from fairlead.people.selectors import account_by_email  # noqa: PLC0415
    from fairlead.people.services import team_join  # noqa: PLC0415

    team_join(team=team, account=account_by_email(email), manages=manages)


def user_team_leave(*, email: str, team: str) -> None:
    """Take somebody out of a team."""
    from fairlead.people.selectors import account_by_email  # noqa: PLC0415
    from fairlead.people.services import team_leave  # noqa: PLC0415

    team_leave(team=team, account=account_by_email(email))


def user_known(email: str) -> None:
    """Raise Refused for an e-mail that nobody here has."""
    from fairlead.people.selectors import account_by_email  # noqa: PLC0415

    account_by_email(email)


def user_remove(email: str) -> None:
    """End somebody's account."""
    from fairlead.people.selectors import account_by_email  # noqa: PLC0415
    from fairlead.people.services import account_remove  # noqa: PLC0415

    account_remove(account_by_email(email))


def user_return(email: str) -> None:
    """Let somebody in again whose account was removed."""
    from fairlead.people.selectors import account_by_email  # noqa: PLC0415
    from fairlead.people.services import account_return  # noqa: PLC0415

    account_return(account_by_email(email))


def user_list() -> list[tuple[str, str, str, str]]:
    """Return everybody: e-mail, name, zone, places and roles."""
    from fairlead.people.selectors import everybody  # noqa: PLC0415

    return everybody()


def reindex() -> Iterator[tuple[int, int]]:
    """Index the commons again; yields how many incidents are done, and how many there are."""
    from fairlead.site.searched import index_everything  # noqa: PLC0415

    bring_up_to_date()
    yield from index_everything()


def token_add(*, email: str, name: str, scopes: Iterable[str], days: int) -> str:
    """Make a token for somebody's program and return its text, which is shown this once."""
    import uuid  # noqa: PLC0415

    from fairlead.people.programs.services import token_make  # noqa: PLC0415
    from fairlead.people.selectors import account_by_email  # noqa: PLC0415

    account = account_by_email(email)
    _, text = token_make(
        account=account, token_id=uuid.uuid4(), name=name, scopes=scopes, days=days, by_operator=True
    )
    return text


def token_list() -> list[tuple[str, str, str, str, str, str]]:
    """Return every token in use: its first characters, owner, name, scopes, last day, and the day it was last used."""
    from fairlead.people.programs.selectors import tokens_of_everybody  # noqa: PLC0415

    return [
        (
            token.prefix,
            token.account.email,
            token.name,
            ",".join(token.scopes),
            token.last_day.isoformat(),
            token.last_used_on.isoformat() if token.last_used_on else "never",
        )
        for token in tokens_of_everybody()
    ]


def token_revoke(prefix: str) -> str:
    """Revoke the one token that begins so, and return what it was called."""
    from fairlead.people.programs.selectors import tokens_of_everybody  # noqa: PLC0415
    from fairlead.people.programs.services import token_revoke as revoke  # noqa: PLC0415

    found = list(tokens_of_everybody().filter(prefix=prefix))
    if len(found) != 1:
        raise CannotError(
            f"{len(found) or 'No'} tokens begin with {prefix}. `fairlead token list` shows all; nothing was revoked."
        )
    revoke(token=found[0], by_operator=True)
    return found[0].name


def backup(path: str, passphrase_file: str | None) -> str:
    """Make a backup and say what was made."""
    from fairlead.site.backup import backup as make  # noqa: PLC0415

    made = make(Path(path), passphrase_file=Path(passphrase_file) if passphrase_file else None)
    return (
        f"{made.path} holds everything ({made.size:,} bytes), sealed with {made.sealed_by}, and opened again."
    )


def restore(path: str, erased: str | None, passphrase_file: str | None) -> list[str]:
    """Restore a backup into this empty place and say what was found, a line each."""
    from fairlead.site.restore import restore as bring_back  # noqa: PLC0415

    found = bring_back(
        Path(path),
        erased=Path(erased) if erased else None,
        passphrase_file=Path(passphrase_file) if passphrase_file else None,
    )
    return [
        f"Restored the backup of {found.made_at}.",
        f"The audit trail is whole: {found.entries} entries.",
        f"{found.keys} keys unwrap, and {found.texts} sealed texts that were tried open.",
        f"{found.erased_again} that were erased since the backup were erased again.",
    ]


def erased_log_here() -> str:
    """Return where the log of erasures is, or an empty text while there is none."""
    from django.conf import settings  # noqa: PLC0415

    path: Path = settings.FAIRLEAD_ERASED_LOG
    return str(path) if path.exists() else ""


def keys_rotate() -> tuple[int, int]:
    """Make a new wrapping key and wrap every data key with it; returns its version and how many were wrapped.

    A rotation that was killed is only finished: no further key is made.
    """
    from django.conf import settings  # noqa: PLC0415

    from fairlead.foundation.vault.keys import add_key_version, provider  # noqa: PLC0415
    from fairlead.foundation.vault.models import DataKey  # noqa: PLC0415
    from fairlead.foundation.vault.rotation import rotate  # noqa: PLC0415

    bring_up_to_date()
    if not DataKey.objects.exclude(version=provider().keys().current).exists():
        add_key_version(settings.FAIRLEAD_KEY_FILE)
    return provider().keys().current, rotate()


def audit_head() -> dict[str, object]:
    """Return the end of the audit trail, to be kept in a second place."""
    from fairlead.foundation.audit.log import head  # noqa: PLC0415

    found = head()
    return {"sequence": found.sequence, "hash": found.hash}


def audit_verify(heads: Iterable[dict[str, object]]) -> tuple[bool, str]:
    """Check the whole audit trail, also against heads that were kept; returns whether it is whole, and a sentence."""
    from fairlead.foundation.audit.chain import Head  # noqa: PLC0415
    from fairlead.foundation.audit.verify import verify  # noqa: PLC0415

    kept = [Head(int(str(one["sequence"])), str(one["hash"])) for one in heads]
    verdicts = [verify(head) for head in (kept or [None])]
    wrong = next((verdict for verdict in verdicts if not verdict.ok), None)
    if wrong is not None:
        return False, wrong.problem
    against = f", and holds the {len(kept)} heads that were kept" if kept else ""
    return True, f"The audit trail is whole: {verdicts[0].entries} entries{against}."

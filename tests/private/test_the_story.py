"""From the call to "agreed", through the pages, as the people of the story would click it."""

import re
import uuid

import pytest

from fairlead.commons.incidents.models import Incident
from fairlead.private.cases.models import Case
from tests.rules.world import soon

pytestmark = pytest.mark.django_db


def ok(answer, status=200):
    page = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == status, f"{answer.status_code}: {page[-3000:]}"
    return answer


def test_the_story_goes_from_the_call_to_agreed(cast):  # noqa: PLR0915 - one story, told in one go
    manager, engineer = cast.client("manager"), cast.client("engineer")
    ok(manager.get("/"))
    form = {
        "incident_id": str(uuid.uuid4()),
        "title": "Routing loop",
        "zone": "America/New_York",
        "started": "2026-11-19T14:27",
        "resolved": "2026-11-19T15:32",
        "trigger": "change",
        "detected_by": "monitoring",
        "kind": "incident",
        "mechanism": "untried_in_production",
    }
    ok(manager.get("/incidents/new/by-hand/"))
    ok(manager.post("/incidents/new/by-hand/", form), 302)
    incident = Incident.objects.get()
    ok(manager.get(f"/incidents/{incident.pk}/"))
    ok(manager.get(f"/incidents/{incident.pk}/change/"))
    ok(manager.get(f"/incidents/{incident.pk}/impact/"))
    ok(
        manager.post(f"/incidents/{incident.pk}/impact/", {"rate_per_hour": "166000", "support": "heavy"}),
        302,
    )
    ok(manager.get(f"/incidents/{incident.pk}/"))
    ok(manager.get("/prepare/"))
    ok(manager.get(f"/prepare/{incident.pk}/"))
    ok(manager.post(f"/prepare/{incident.pk}/done/"), 302)
    ok(manager.get(f"/our-talk/begin/{incident.pk}/"))
    begin = {"case_id": str(uuid.uuid4()), "engineer": str(cast.engineer.pk)}
    ok(manager.post(f"/our-talk/begin/{incident.pk}/", begin), 302)
    case = Case.objects.get()
    at = f"/our-talk/{case.pk}"
    ok(manager.get(f"{at}/"))
    ok(manager.get(f"{at}/live/"))
    ok(manager.post(f"{at}/live/end/"), 302)

    home = ok(engineer.get("/")).content.decode()
    notice = re.search(r"/notices/[0-9a-f-]+/", home).group()
    assert "not discipline" in ok(engineer.get(notice)).content.decode()
    ok(engineer.post(notice), 302)
    ok(engineer.get(f"{at}/"))
    ok(engineer.get(f"{at}/account/"))
    ok(engineer.post(f"{at}/account/save/", {"words": "I tried it in the lab.", "base": "0"}), 302)
    ok(manager.get(f"{at}/account/"))
    ok(manager.get(f"{at}/notes/"))
    ok(
        manager.post(f"{at}/notes/facts/", {"words": "The lab lacks the second default route.", "base": "0"}),
        302,
    )
    ok(engineer.get(f"{at}/notes/"))

    ok(manager.get(f"{at}/walk/"))
    walk = {
        "walk_id": str(uuid.uuid4()),
        "action": "Rolling the change out",
        "concern": "yes",
        "concern_evidence": "The change was rolled out.",
        "harm_intended": "no",
        "harm_intended_evidence": "Nothing points to it.",
        "health": "no",
        "process_known": "yes",
        "process_known_evidence": "The change guide.",
        "process_workable": "yes",
        "process_workable_evidence": "Everybody follows it.",
        "chosen": "no",
        "chosen_evidence": "Every step was done.",
        "decision": "1",
        "reasons": "Followed the process; the lab could not show it.",
    }
    ok(manager.post(f"{at}/walk/", {**walk, "suggest": "1"}))
    ok(manager.post(f"{at}/walk/", {**walk, "decide": "1"}), 302)
    ok(manager.get(f"{at}/type/"))
    ok(engineer.get(f"{at}/type/"))

    ok(manager.get(f"/incidents/{incident.pk}/factors/"))
    for key in ("A2", "A3", "A4", "A5", "O1", "O2", "O3", "O4"):
        ok(manager.get(f"/incidents/{incident.pk}/factors/{key}/"))
        ok(
            manager.post(
                f"/incidents/{incident.pk}/factors/{key}/", {"answer": "no", "reason": "Looked at it."}
            ),
            302,
        )
    factor = {"factor_id": str(uuid.uuid4()), "leaf": "lab_differs", "words": "One default route less."}
    answer = manager.post(f"/incidents/{incident.pk}/factors/A1/", factor)
    if answer.status_code != 302:
        factor["leaf"] = "other"
        ok(manager.post(f"/incidents/{incident.pk}/factors/A1/", factor), 302)
    ok(manager.get(f"/incidents/{incident.pk}/improvements/new/"))
    improvement = {
        "improvement_id": str(uuid.uuid4()),
        "words": "The lab gets production's second default route",
        "factors": [factor["factor_id"]],
        "strength": "stronger",
        "owner": "Network team",
        "due_on": "2026-12-20",
    }
    ok(manager.post(f"/incidents/{incident.pk}/improvements/new/", improvement), 302)
    ok(manager.get(f"/improvements/{improvement['improvement_id']}/"))
    ok(manager.get(f"/incidents/{incident.pk}/improvements/decision-day/"))

    ok(manager.get(f"{at}/promises/new/"))
    theirs = {
        "promise_id": str(uuid.uuid4()),
        "owed_by": "engineer",
        "words": "Diff first",
        "cadence": "every change",
    }
    mine = {
        "promise_id": str(uuid.uuid4()),
        "owed_by": "manager",
        "words": "Lab budget",
        "due_on": "2026-12-10",
    }
    ok(manager.post(f"{at}/promises/new/", theirs), 302)
    ok(manager.post(f"{at}/promises/new/", mine), 302)
    ok(engineer.get(f"{at}/"))
    for promise in (theirs, mine):
        ok(engineer.post(f"{at}/promises/{promise['promise_id']}/", {"action": "accept"}), 302)
    ok(engineer.post(f"{at}/read/"), 302)
    ok(manager.post(f"{at}/read/"), 302)

    refused = ok(manager.post(f"{at}/agree/"), 409).content.decode()
    assert "first check-in" in refused
    ok(manager.get(f"{at}/check-ins/first/"))
    at_ten = soon().strftime("%Y-%m-%dT10:00")
    ok(manager.post(f"{at}/check-ins/first/", {"at": at_ten}), 302)
    ok(manager.post(f"{at}/agree/"), 302)
    ok(manager.get(f"{at}/"))

    ok(manager.get(f"{at}/message/"))
    ok(manager.post(f"{at}/message/release/"), 409)
    ok(manager.post(f"{at}/message/save/", {"words": "A change passed our process.", "base": "0"}), 302)
    ok(manager.post(f"{at}/message/release/"), 409)
    ok(engineer.get(f"{at}/message/"))
    ok(engineer.post(f"{at}/message/read/"), 302)
    ok(manager.post(f"{at}/message/release/"), 302)
    page = ok(cast.client("teammate").get(f"/incidents/{incident.pk}/")).content.decode()
    assert "A change passed our process." in page
    assert (
        ok(cast.client("teammate").get(f"{at}/"), 404).content
        == ok(cast.client("teammate").get(f"/our-talk/{uuid.uuid4()}/"), 404).content
    )

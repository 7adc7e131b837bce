"""Incidents that never happened, and for thirty of them what a colleague would call similar, and why.

Written before the matcher. A case names an incident, the one that must come first (or nothing), and a piece of the
reason that must be given.
"""

from fairlead.core.search_words import words_of
from fairlead.core.similar import Traits


def _one(key, mechanism, services, factors, text):
    return Traits(
        key=key,
        mechanism=mechanism,
        services=frozenset(services.split()),
        factors=frozenset(factors.split()),
        words=tuple(words_of(text)),
    )


INCIDENTS = {
    one.key: one
    for one in (
        _one("loop", "untried_in_production", "shop checkout", "lab_differs no_canary",
             "Routing loop took the shop offline in all regions: a second default route on the border pair"),
        _one("loop-2", "untried_in_production", "shop", "lab_differs",
             "Border gateway change passed the lab and formed a routing loop between two core routers"),
        _one("firewall", "untried_in_production", "payments", "no_test_path",
             "Firewall rule order differed in production and payments were refused"),
        _one("schema", "untried_in_production", "billing", "no_test_path no_canary",
             "Schema migration locked the invoices table for forty minutes"),
        _one("wrong-host", "wrong_target", "database", "look_alike excess_privilege",
             "The replica was restarted on the wrong host because two terminals looked alike"),
        _one("wrong-region", "wrong_target", "storage", "look_alike",
             "A bucket was emptied in the wrong region"),
        _one("expired", "alert_missed", "login", "missing_alert",
             "The certificate of the login page expired and browsers refused it"),
        _one("expired-2", "alert_missed", "mail", "noisy_or_silenced",
             "A certificate expired on the mail relay; the warning had been silenced"),
        _one("expired-3", "", "api", "",
             "TLS certificate expired on the public api gateway"),
        _one("disk", "capacity_misjudged", "search", "missing_alert",
             "The disk of the search cluster filled with logs"),
        _one("queue", "capacity_misjudged", "orders", "overload",
             "The order queue grew faster than consumers could drain it on sale day"),
        _one("sale", "capacity_misjudged", "shop orders", "imposed_deadline",
             "Sale day traffic was three times the plan and the shop answered slowly"),
        _one("backup", "deletion_without_backup", "wiki", "no_guard",
             "A cleanup job deleted pages of the wiki and the newest backup was eleven weeks old"),
        _one("backup-2", "deletion_without_backup", "crm", "no_guard untested_rollback",
             "Customer notes were deleted by a script; the restore had never been tried"),
        _one("secret", "secret_exposed", "ci", "known_problem",
             "A deploy token was printed in a public build log"),
        _one("dns", "dependency_changed", "dns", "vendor_defect",
             "The DNS provider changed its defaults and resolution failed for mobile clients"),
        _one("vendor", "dependency_changed", "payments", "vendor_defect",
             "The card processor deployed a broken version and payments failed"),
        _one("pay-3", "", "payments", "vendor_defect",
             "Card payments failed for an hour while the processor was down"),
        _one("handover", "handover_lost", "network", "lost_handover",
             "Maintenance began twice because the night shift did not know of it"),
        _one("skip", "step_skipped", "shop", "imposed_deadline",
             "The diff was not looked at before the release on a Friday evening"),
        _one("skip-2", "step_skipped", "app", "imposed_deadline speed_rewarded",
             "The checklist was cut short before the launch and a feature flag stayed off"),
        _one("review", "review_without_reading", "shop", "rubber_stamp",
             "A change of two thousand lines was approved in a minute and broke the cart"),
        _one("everywhere", "everywhere_at_once", "edge", "no_canary unbounded_blast_radius",
             "A configuration of the edge was pushed to every site in one minute"),
        _one("rollback", "rollback_not_ready", "edge", "untested_rollback no_canary",
             "Going back to the previous edge release failed because of a new format"),
        _one("alone", "emergency_fix", "telephony", "single_expert",
             "Calls dropped after a hot fix of the voice bridge"),
        _one("blank", "", "", "", ""),
    )
}  # fmt: skip

CASES = [
    # the same mechanism, and more in common
    ("loop", "loop-2", "same way"),
    ("loop-2", "loop", "same way"),
    ("loop", "loop-2", "shop"),
    ("loop", "loop-2", "lab_differs"),
    ("wrong-host", "wrong-region", "same way"),
    ("wrong-region", "wrong-host", "look_alike"),
    ("backup", "backup-2", "same way"),
    ("backup-2", "backup", "no_guard"),
    ("skip", "skip-2", "imposed_deadline"),
    ("skip-2", "skip", "same way"),
    ("expired", "expired-2", "certificate"),
    ("expired-2", "expired", "same way"),
    ("queue", "sale", "order"),
    ("sale", "queue", "same way"),
    ("sale", "queue", "sale"),
    ("backup", "backup-2", "deleted"),
    ("firewall", "schema", "no_test_path"),
    ("vendor", "dns", "vendor_defect"),
    ("dns", "vendor", "vendor_defect"),
    ("vendor", "dns", "same way"),
    # another mechanism or none, but the same service and condition, or the same words
    ("expired-3", "expired", "certificate"),
    ("pay-3", "vendor", "payments"),
    ("pay-3", "vendor", "processor"),
    ("rollback", "everywhere", "edge"),
    ("everywhere", "rollback", "no_canary"),
    # nothing that a colleague would call similar
    ("alone", None, ""),
    ("secret", None, ""),
    ("handover", None, ""),
    ("review", None, ""),
    ("blank", None, ""),
]

"""Every address of the server."""

from django.urls import include, path

from fairlead.site import api, help_pages, retention_pages, views

handler404 = "fairlead.site.views.not_here"
handler400 = "fairlead.site.views.not_readable"
handler403 = "fairlead.site.views.not_allowed"
handler500 = "fairlead.site.views.broken"

urlpatterns = [
    path("", views.home, name="today"),
    path("coach/", views.coach_text, name="coach"),
    path("presence/", views.presence, name="presence"),
    path("help-now/", help_pages.help_now, name="help_now"),
    path("settings/help/", help_pages.help_words, name="help_words"),
    path("settings/retention/", retention_pages.retention, name="retention"),
    path("search/", views.search, name="search"),
    path("incidents/adopt/", views.adopt, name="adopt"),
    path("incidents/<uuid:incident_id>/", views.incident, name="incident"),
    path("", include("fairlead.sources.intake.urls")),
    path("", include("fairlead.sources.live.urls")),
    path("", include("fairlead.sources.records.urls")),
    path("", include("fairlead.commons.incidents.urls")),
    path("", include("fairlead.commons.timeline.urls")),
    path("", include("fairlead.commons.impact.urls")),
    path("", include("fairlead.commons.factors.urls")),
    path("", include("fairlead.commons.debts.urls")),
    path("", include("fairlead.commons.improvements.urls")),
    path("", include("fairlead.commons.proofs.urls")),
    path("", include("fairlead.commons.lessons.urls")),
    path("", include("fairlead.commons.exports.urls")),
    path("", include("fairlead.commons.harmless.urls")),
    path("", include("fairlead.commons.reviews.urls")),
    path("", include("fairlead.private.preparation.urls")),
    path("", include("fairlead.private.rehearsal.urls")),
    path("", include("fairlead.private.mirror.urls")),
    path("", include("fairlead.private.talk.urls")),
    path("", include("fairlead.private.conversations.urls")),
    path("", include("fairlead.private.walks.urls")),
    path("", include("fairlead.private.promises.urls")),
    path("", include("fairlead.private.recurrence.urls")),
    path("", include("fairlead.private.closure.urls")),
    path("", include("fairlead.private.handover.urls")),
    path("", include("fairlead.private.checkins.urls")),
    path("", include("fairlead.private.messages.urls")),
    path("", include("fairlead.private.formal.urls")),
    path("", include("fairlead.private.reminders.urls")),
    path("", include("fairlead.integrations.pagerduty.urls")),
    path("", include("fairlead.integrations.alertmanager.urls")),
    path("accounts/", include("fairlead.people.urls")),
    path("accounts/programs/", include("fairlead.people.programs.urls")),
    path("api/v1/", api.urls()),
    path("api/", include(api.urlpatterns)),
]

"""The address of the mirror. It names nobody, so nobody can ask for another's."""

from django.urls import path

from fairlead.private.mirror import views

urlpatterns = [path("mirror/", views.look, name="mirror")]

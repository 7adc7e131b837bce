"""The address Alertmanager and Grafana deliver to."""

from django.urls import path

from fairlead.integrations.alertmanager import views

urlpatterns = [path("hooks/alertmanager/", views.deliver, name="hook_alertmanager")]

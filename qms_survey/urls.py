"""Every address of the site. The apps bring their own; here they are put together."""

from django.urls import include, path
from django.views.generic import TemplateView
from django.views.i18n import set_language

from qms_survey import health, metrics, status
from reports.api import api

urlpatterns = [
    path("", TemplateView.as_view(template_name="landing.html"), name="landing"),
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("platform/status/", status.status, name="platform-status"),
    path("platform/status/reports/<uuid:report_id>/retry/", status.retry, name="platform-retry"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("", include("firms.urls")),
    path("", include("surveys.urls")),
    path("", include("scoring.urls")),
    path("", include("reports.urls")),
]

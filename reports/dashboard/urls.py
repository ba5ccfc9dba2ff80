"""Addresses of releases' dashboards and public pages."""

from django.urls import path

from reports.dashboard import public, views

urlpatterns = [
    path("releases/<uuid:release_id>/", views.release_dashboard, name="release-dashboard"),
    path("releases/<uuid:release_id>/charts/<slug:name>.<slug:form>", views.release_chart, name="release-chart"),
    path("releases/<uuid:release_id>/view.<slug:form>", views.release_view, name="release-view"),
    path("benchmarks/", public.releases, name="public-releases"),
    path("benchmarks/<uuid:release_id>/", public.release_page, name="public-release"),
    path("benchmarks/<uuid:release_id>/figures.json", public.release_data, name="public-release-data"),
    path(
        "benchmarks/<uuid:release_id>/charts/<slug:name>.<slug:form>", public.release_chart, name="public-release-chart"
    ),
    path("benchmarks/<uuid:release_id>/view.<slug:form>", public.release_view, name="public-release-view"),
]

"""Addresses of releases; included at the root."""

from django.urls import path

from scoring import views

urlpatterns = [
    path("associations/<uuid:organisation_id>/releases/", views.association_releases, name="association-releases"),
    path("platform/releases/", views.pool_releases, name="pool-releases"),
    path("releases/<uuid:release_id>/progress/", views.progress, name="release-progress"),
    path("releases/<uuid:release_id>/public/", views.make_public, name="release-make-public"),
]

"""Addresses of the look of reports, of a person and of an organisation; included at the root."""

from django.urls import path

from reports.brand import views

urlpatterns = [
    path("look/", views.look, name="brand"),
    path("look/preview/", views.preview, name="brand-preview"),
    path("look/remove/", views.remove, name="brand-remove"),
    path("organisations/<uuid:organisation_id>/look/", views.look, name="organisation-brand"),
    path("organisations/<uuid:organisation_id>/look/preview/", views.preview, name="organisation-brand-preview"),
    path("organisations/<uuid:organisation_id>/look/remove/", views.remove, name="organisation-brand-remove"),
]

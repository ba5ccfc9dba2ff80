"""Addresses of the consultant's workspace; included at the root."""

from django.urls import path

from reports.workspace import views

urlpatterns = [
    path("clients/", views.clients, name="clients"),
    path("clients/compare/", views.compare, name="clients-compare"),
    path("clients/compare/file/", views.compare_file, name="clients-compare-file"),
]

"""Addresses of measured data behind answers; included from reports.urls."""

from django.urls import path

from reports.evidence import adding, views

HERE = "assessments/<uuid:assessment_id>/"

urlpatterns = [
    path(f"{HERE}measured/", views.measured_list, name="measured-list"),
    path(f"{HERE}items/<slug:item_code>/measured/", adding.measured_new, name="measured-new"),
    path(f"{HERE}items/<slug:item_code>/measured/columns/", adding.measured_columns, name="measured-columns"),
    path("measured/<uuid:measured_id>/", views.measured, name="measured"),
    path("measured/<uuid:measured_id>/remove/", views.measured_gone, name="measured-remove"),
]

"""Addresses of measured values; included from reports.urls."""

from django.urls import path

from reports.measurements import views

urlpatterns = [
    path("spc/", views.spc_check, name="spc-check"),
    path("spc/progress/<slug:number>/", views.spc_progress, name="spc-progress"),
]

"""Addresses of verification; open to everybody."""

from django.urls import path

from reports.verification import views

urlpatterns = [
    path("verify/", views.find, name="verify"),
    path("verify/<str:number>/", views.verify, name="verify-report"),
]

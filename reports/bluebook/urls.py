"""Addresses of blue books."""

from django.urls import path

from reports.bluebook import views

urlpatterns = [
    path("releases/<uuid:release_id>/bluebook/", views.order, name="bluebook-order"),
    path("bluebooks/<uuid:book_id>/", views.book, name="bluebook"),
    path("bluebooks/<uuid:book_id>/file/", views.book_file, name="bluebook-file"),
]

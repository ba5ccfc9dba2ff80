"""Addresses of this floor; included at the root."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

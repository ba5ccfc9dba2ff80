"""Addresses of exports."""

from django.urls import path

from reports.exports import views

ANSWERS = "campaigns/<uuid:campaign_id>/answers/"

urlpatterns = [
    path("releases/<uuid:release_id>/exports/", views.release_exports, name="release-exports"),
    path("releases/<uuid:release_id>/exports/<slug:format>/", views.release_file, name="release-export-file"),
    path(ANSWERS, views.campaign_answers, name="campaign-answers"),
    path(f"{ANSWERS}<slug:format>/", views.campaign_answers_file, name="campaign-answers-file"),
]

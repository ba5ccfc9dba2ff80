"""Addresses of the questionnaire; included at the root."""

from django.urls import path

from surveys import views

urlpatterns = [
    path("instruments/", views.instruments, name="instruments"),
    path("instruments/<slug:code>/", views.instrument_preview, name="instrument-preview"),
    path("firms/<uuid:firm_id>/assessments/new/", views.assessment_new, name="assessment-new"),
    path("assessments/<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/parts/<slug:code>/", views.assessment_part, name="assessment-part"),
    path("assessments/<uuid:assessment_id>/answers/<slug:item_code>/", views.answer, name="answer"),
    path("assessments/<uuid:assessment_id>/review/", views.assessment_review, name="assessment-review"),
    path("assessments/<uuid:assessment_id>/remove/", views.assessment_remove, name="assessment-remove"),
]

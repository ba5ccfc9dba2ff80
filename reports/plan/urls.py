"""Addresses of the action plan."""

from django.urls import path

from reports.plan import views

HERE = "assessments/<uuid:assessment_id>/plan/"

urlpatterns = [
    path(HERE, views.plan, name="plan"),
    path(f"{HERE}suggested/", views.fill, name="plan-fill"),
    path(f"{HERE}item/", views.add_item, name="plan-add-item"),
    path(f"{HERE}own/", views.add_own, name="plan-add-own"),
    path(f"{HERE}file/", views.plan_file, name="plan-file"),
    path("plan/<uuid:step_id>/", views.step, name="plan-step"),
    path("plan/<uuid:step_id>/move/", views.move, name="plan-step-move"),
    path("plan/<uuid:step_id>/remove/", views.drop, name="plan-step-remove"),
]

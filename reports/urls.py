"""Addresses of submitting, results and reports; included at the root."""

from django.urls import include, path

from reports import ordering, views

urlpatterns = [
    path("home/", views.home, name="home"),
    path("firms/<uuid:firm_id>/results/", views.firm_results, name="firm-results"),
    path("assessments/<uuid:assessment_id>/submit/", views.submit, name="assessment-submit"),
    path("assessments/<uuid:assessment_id>/reopen/", views.reopen, name="assessment-reopen"),
    path("assessments/<uuid:assessment_id>/results/", views.results, name="results"),
    path("assessments/<uuid:assessment_id>/explain/", views.explain, name="results-explain"),
    path("assessments/<uuid:assessment_id>/next/", views.what_next, name="results-next"),
    path("assessments/<uuid:assessment_id>/reports/", views.report_order, name="report-order"),
    path("reports/<uuid:report_id>/", views.report, name="report"),
    path("reports/<uuid:report_id>/status/", views.report_status, name="report-status"),
    path("reports/<uuid:report_id>/cancel/", ordering.report_stop, name="report-cancel"),
    path("reports/<uuid:report_id>/again/", ordering.report_again, name="report-again"),
    path("reports/<uuid:report_id>/file/", views.report_file, name="report-file"),
    path("", include("reports.measurements.urls")),
    path("", include("reports.evidence.urls")),
    path("", include("reports.bluebook.urls")),
    path("", include("reports.brand.urls")),
    path("", include("reports.exports.urls")),
    path("", include("reports.plan.urls")),
    path("", include("reports.dashboard.urls")),
    path("", include("reports.verification.urls")),
    path("", include("reports.workspace.urls")),
]

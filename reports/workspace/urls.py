"""Addresses of the consultant's workspace; included at the root."""

from django.urls import path

from reports.workspace import bulk_views, comments_views, views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/consultant-comments/", comments_views.comments, name="consultant-comments"),
    path("consultant-comments/<uuid:comment_id>/", comments_views.comment, name="consultant-comment"),
    path(
        "consultant-comments/<uuid:comment_id>/withdraw/", comments_views.withdraw, name="consultant-comment-withdraw"
    ),
    path("clients/", views.clients, name="clients"),
    path("clients/compare/", views.compare, name="clients-compare"),
    path("clients/compare/file/", views.compare_file, name="clients-compare-file"),
    path("clients/reports/", bulk_views.bulk_order, name="clients-bulk"),
    path("clients/reports/<uuid:job_id>/", bulk_views.bulk_job, name="clients-bulk-job"),
    path("clients/reports/<uuid:job_id>/file/", bulk_views.bulk_file, name="clients-bulk-file"),
]

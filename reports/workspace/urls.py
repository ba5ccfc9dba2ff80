"""Addresses of the consultant's workspace; included at the root."""

from django.urls import path

from reports.workspace import bulk_views, comments_views, standing_views, views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/consultant-comments/", comments_views.comments, name="consultant-comments"),
    path("consultant-comments/<uuid:comment_id>/", comments_views.comment, name="consultant-comment"),
    path(
        "consultant-comments/<uuid:comment_id>/withdraw/", comments_views.withdraw, name="consultant-comment-withdraw"
    ),
    path("clients/", views.clients, name="clients"),
    path("clients/compare/", views.compare, name="clients-compare"),
    path("clients/compare/file/", views.compare_file, name="clients-compare-file"),
    path("clients/acting/", standing_views.act_for, name="clients-acting"),
    path("clients/standing/", standing_views.standing_orders, name="standing-orders"),
    path("clients/standing/begin/", standing_views.begin, name="standing-begin"),
    path("clients/standing/<uuid:order_id>/end/", standing_views.end, name="standing-end"),
    path("clients/reports/", bulk_views.bulk_order, name="clients-bulk"),
    path("clients/reports/<uuid:job_id>/", bulk_views.bulk_job, name="clients-bulk-job"),
    path("clients/reports/<uuid:job_id>/file/", bulk_views.bulk_file, name="clients-bulk-file"),
]

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_action_plan"),
        ("surveys", "0004_campaigns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkJob",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("zh-hans", "简体中文"),
                            ("en", "English"),
                            ("both", "Chinese and English side by side"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("zip", "ZIP, one file a firm"), ("pdf", "One PDF, one chapter a firm")],
                        max_length=3,
                        verbose_name="form",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("building", "Being built"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("expired", "File removed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("claim", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("file", models.CharField(blank=True, max_length=200, verbose_name="file")),
                ("size", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="bytes")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="error")),
                ("requested_at", models.DateTimeField(verbose_name="requested")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("expires_at", models.DateTimeField(verbose_name="kept until")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "download of many reports",
                "verbose_name_plural": "downloads of many reports",
                "ordering": ["-requested_at"],
            },
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("firm_name", models.CharField(max_length=300, verbose_name="firm")),
                (
                    "left_out",
                    models.CharField(
                        blank=True,
                        choices=[("closed", "no longer open to you"), ("notbuilt", "the report could not be built")],
                        max_length=8,
                        verbose_name="left out",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="surveys.assessment",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="reports.report"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="reports.bulkjob"
                    ),
                ),
            ],
            options={
                "verbose_name": "firm of a download",
                "verbose_name_plural": "firms of a download",
                "ordering": ["firm_name", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="bulkjob",
            index=models.Index(fields=["state", "lease_until"], name="bulk_state_lease"),
        ),
        migrations.AddConstraint(
            model_name="bulkitem",
            constraint=models.UniqueConstraint(fields=("job", "assessment"), name="one_bulk_item_an_assessment"),
        ),
    ]

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0002_releases"),
        ("surveys", "0004_campaigns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MeasuredEvidence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("item", models.CharField(max_length=40, verbose_name="item")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("study", "Measured values"),
                            ("counts", "Counts"),
                            ("gauge", "Gauge study"),
                            ("inventory", "List of data"),
                        ],
                        max_length=9,
                        verbose_name="method",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="characteristic")),
                ("sources", models.JSONField(default=list, verbose_name="checksums of the files")),
                ("mapping", models.JSONField(verbose_name="columns and limits")),
                ("summary", models.JSONField(verbose_name="figures")),
                ("engine_version", models.CharField(max_length=20, verbose_name="engine version")),
                ("declared", models.CharField(blank=True, max_length=400, verbose_name="declared answer")),
                ("claim", models.CharField(max_length=40, verbose_name="claim")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("supported", "Supported"),
                            ("contradicted", "Contradicted"),
                            ("not_decidable", "Not decidable"),
                        ],
                        max_length=13,
                        verbose_name="verdict",
                    ),
                ),
                ("reason", models.CharField(max_length=40, verbose_name="reason")),
                ("params", models.JSONField(default=dict, verbose_name="figures of the reason")),
                ("caveats", models.JSONField(default=list, verbose_name="reservations")),
                ("computed_at", models.DateTimeField(verbose_name="computed")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measured_evidence",
                        to="surveys.assessment",
                    ),
                ),
                (
                    "computed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "files",
                    models.ManyToManyField(related_name="measured", to="surveys.evidence", verbose_name="files"),
                ),
            ],
            options={
                "verbose_name": "measured evidence",
                "verbose_name_plural": "measured evidence",
                "ordering": ["item", "computed_at", "pk"],
                "indexes": [models.Index(fields=["assessment", "item"], name="measured_by_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["supported", "contradicted", "not_decidable"])),
                        name="a_verdict_is_one_of_three",
                    )
                ],
            },
        ),
    ]

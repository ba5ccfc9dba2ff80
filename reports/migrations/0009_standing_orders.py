import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Coalesce

NOBODY = models.Value(uuid.UUID(int=0), output_field=models.UUIDField())


class Migration(migrations.Migration):
    """Reports that a consultant gets of every new assessment of a client."""

    dependencies = [
        ("reports", "0008_brands"),
        ("firms", "0003_organisations_consent_and_links"),
        ("surveys", "0001_assessments_answers_snapshots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StandingOrder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField(verbose_name="since")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "Switched off"),
                            ("consent", "The firm's consent ended"),
                            ("left", "You no longer act for the organisation"),
                        ],
                        max_length=7,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing_orders",
                        to="firms.firm",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="firms.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing_orders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "standing order",
                "verbose_name_plural": "standing orders",
                "ordering": ["began_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("person"),
                        Coalesce(models.F("organisation"), NOBODY),
                        Coalesce(models.F("firm"), NOBODY),
                        condition=models.Q(("ended_at", None)),
                        name="one_standing_order_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(verbose_name="ordered")),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("waiting", "A mail follows when it is ready"),
                            ("sent", "A mail was sent"),
                            ("failed", "The mail could not be sent"),
                            ("closed", "No longer open to you"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="mail",
                    ),
                ),
                ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="mail sent")),
                ("mail_after", models.DateTimeField(blank=True, null=True)),
                ("mail_tries", models.PositiveSmallIntegerField(default=0)),
                ("mail_error", models.CharField(blank=True, max_length=300)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.assessment"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="made", to="reports.standingorder"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="standing", to="reports.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "report of a standing order",
                "verbose_name_plural": "reports of standing orders",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "assessment"), name="one_standing_report_an_assessment")
                ],
            },
        ),
    ]

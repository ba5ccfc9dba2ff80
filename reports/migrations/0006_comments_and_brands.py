import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps as Apps

ORDER = ("assessment", "language", "format", "sections")


def only_the_firms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """On the way back: the version before knows one report an order, the firm's own."""
    rows = apps.get_model("reports", "Report").objects.using(schema_editor.connection.alias)
    rows.exclude(organisation=None, reader=None).delete()
    if schema_editor.connection.vendor == "postgresql":
        # A table cannot be altered while the checks of its deleted rows still wait.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    """Comments of consultants; a report is made for the firm, for an organisation or for a person it let in."""

    dependencies = [
        ("reports", "0005_bulk_jobs"),
        ("firms", "0003_organisations_consent_and_links"),
        ("surveys", "0001_assessments_answers_snapshots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsultantComment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dimension", models.CharField(blank=True, max_length=40, verbose_name="dimension")),
                ("text", models.TextField(max_length=5000, verbose_name="comment")),
                ("created_at", models.DateTimeField(verbose_name="written")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultant_comments",
                        to="surveys.assessment",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "verbose_name": "comment of a consultant",
                "verbose_name_plural": "comments of consultants",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="firms.organisation",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="reader",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveConstraint(model_name="report", name="one_report_an_order"),
        migrations.RunPython(migrations.RunPython.noop, only_the_firms),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation", None), ("reader", None)),
                fields=ORDER,
                name="one_report_an_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=(*ORDER, "organisation"), name="one_report_an_organisation"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=(*ORDER, "reader"), name="one_report_a_reader"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("organisation", None), ("reader", None), _connector="OR"),
                name="a_report_is_for_one_audience",
            ),
        ),
    ]

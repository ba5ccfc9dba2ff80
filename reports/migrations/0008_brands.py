import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps as Apps

ORDER = ("assessment", "language", "format", "sections")
PLAIN = models.Q(("brand", None))


def only_the_plain(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """On the way back: the version before knows one report an order and audience, without a look of its own."""
    rows = apps.get_model("reports", "Report").objects.using(schema_editor.connection.alias)
    rows.exclude(brand=None).delete()
    if schema_editor.connection.vendor == "postgresql":
        # A table cannot be altered while the checks of its deleted rows still wait.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    """The look that consultants and organisations give to the reports made for them."""

    dependencies = [
        ("reports", "0007_blue_books"),
        ("firms", "0003_organisations_consent_and_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="name on the cover")),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
                ("title_zh", models.CharField(blank=True, max_length=80, verbose_name="cover title in Chinese")),
                ("title_en", models.CharField(blank=True, max_length=80, verbose_name="cover title in English")),
                ("text_zh", models.TextField(blank=True, max_length=300, verbose_name="cover text in Chinese")),
                ("text_en", models.TextField(blank=True, max_length=300, verbose_name="cover text in English")),
                ("footer", models.CharField(blank=True, max_length=120, verbose_name="footer")),
                ("accent", models.CharField(max_length=7, verbose_name="accent colour")),
                ("logo", models.BinaryField(blank=True, null=True, verbose_name="logo")),
                ("hash", models.CharField(editable=False, max_length=64, verbose_name="hash of the content")),
                ("made_at", models.DateTimeField(verbose_name="written")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="out of use since")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "look of reports",
                "verbose_name_plural": "looks of reports",
                "ordering": ["-made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation", None), ("person__isnull", False)),
                            models.Q(("organisation__isnull", False), ("person", None)),
                            _connector="OR",
                        ),
                        name="a_brand_has_one_owner",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation",),
                        condition=models.Q(("retired_at", None)),
                        name="one_brand_an_organisation",
                    ),
                    models.UniqueConstraint(
                        fields=("person",), condition=models.Q(("retired_at", None)), name="one_brand_a_person"
                    ),
                    models.UniqueConstraint(fields=("organisation", "hash"), name="one_row_an_organisations_look"),
                    models.UniqueConstraint(fields=("person", "hash"), name="one_row_a_persons_look"),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="report", name="one_report_an_organisation"),
        migrations.RemoveConstraint(model_name="report", name="one_report_a_reader"),
        migrations.AddField(
            model_name="report",
            name="brand",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="reports",
                to="reports.brand",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, only_the_plain),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=(*ORDER, "organisation"), condition=PLAIN, name="one_report_an_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=(*ORDER, "reader"), condition=PLAIN, name="one_report_a_reader"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=(*ORDER, "brand"), name="one_report_a_brand"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("brand", None),
                    models.Q(("organisation", None), ("reader", None), _negated=True),
                    _connector="OR",
                ),
                name="a_firms_own_report_has_no_brand",
            ),
        ),
    ]

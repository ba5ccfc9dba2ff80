"""Formats, languages, sections and numbers of reports, and the checksums of the files that were issued.

A number is random, so reports that are there get theirs row by row between adding the column and making it unique;
going back drops the column.
"""

import django.db.models.deletion
from django.db import migrations, models

import reports.models.report


def give_numbers(apps, schema_editor):
    rows = apps.get_model("reports", "Report").objects.using(schema_editor.connection.alias)
    for key in rows.filter(number=None).values_list("pk", flat=True).iterator():
        rows.filter(pk=key).update(number=reports.models.report.number_new())


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_report_requests")]

    operations = [
        migrations.AddField("report", "number", models.CharField(editable=False, max_length=16, null=True, verbose_name="number")),
        migrations.RunPython(give_numbers, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("report", "number", models.CharField(default=reports.models.report.number_new, editable=False, max_length=16, unique=True, verbose_name="number")),
        migrations.AlterField("report", "language", models.CharField(choices=[("zh-hans", "简体中文"), ("en", "English"), ("both", "Chinese and English side by side")], max_length=10, verbose_name="language")),
        migrations.AlterField("report", "format", models.CharField(choices=[("pdf", "PDF"), ("docx", "Word (DOCX)"), ("xlsx", "Excel (XLSX)"), ("json", "JSON")], default="pdf", max_length=4, verbose_name="format")),
        migrations.AddField("report", "sections", models.CharField(blank=True, default="", max_length=200, verbose_name="sections"), preserve_default=False),
        migrations.AddField("report", "figures_hash", models.CharField(blank=True, default="", max_length=64, verbose_name="hash of the figures"), preserve_default=False),
        migrations.RemoveConstraint("report", "one_report_a_language_and_format"),
        migrations.AddConstraint("report", models.UniqueConstraint(fields=("assessment", "language", "format", "sections"), name="one_report_an_order")),
        migrations.CreateModel(
            name="IssuedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("figures_hash", models.CharField(max_length=64, verbose_name="hash of the figures")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="issued", to="reports.report")),
            ],
            options={
                "verbose_name": "issued file",
                "verbose_name_plural": "issued files",
                "ordering": ["-issued_at"],
                "constraints": [models.UniqueConstraint(fields=("report", "sha256"), name="one_row_an_issued_file")],
            },
        ),
    ]

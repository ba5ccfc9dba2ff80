from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_report_options")]

    operations: list[object] = []

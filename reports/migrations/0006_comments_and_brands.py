from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_bulk_jobs")]

    operations: list[object] = []

"""The table in which sign-in attempts are counted: shared by all processes and hosts, like every other row."""

from typing import Any

from django.core.management import call_command
from django.db import migrations

TABLE = "rate_limits"


def create(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("firms", "0003_organisations_consent_and_links")]
    operations = [migrations.RunPython(create, drop)]

"""The database itself refuses to change an audit entry.

PostgreSQL refuses to remove one as well. SQLite does not: there Django empties tables with DELETE, and whoever can write
to the file can do anything to it; a removed entry shows as a broken chain (firms.audit.audit_verify).
"""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION firms_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Audit entries are never changed or removed.';
END
$$;
CREATE TRIGGER firms_auditentry_append_only BEFORE UPDATE OR DELETE ON firms_auditentry
FOR EACH ROW EXECUTE FUNCTION firms_auditentry_refuse();
"""
POSTGRESQL_UNDO = """
DROP TRIGGER IF EXISTS firms_auditentry_append_only ON firms_auditentry;
DROP FUNCTION IF EXISTS firms_auditentry_refuse();
"""
SQLITE = """
CREATE TRIGGER firms_auditentry_append_only BEFORE UPDATE ON firms_auditentry
BEGIN
    SELECT RAISE(ABORT, 'Audit entries are never changed or removed.');
END
"""
SQLITE_UNDO = "DROP TRIGGER IF EXISTS firms_auditentry_append_only"


def build(apps, schema_editor):
    run(schema_editor, {"postgresql": POSTGRESQL, "sqlite": SQLITE})


def remove(apps, schema_editor):
    run(schema_editor, {"postgresql": POSTGRESQL_UNDO, "sqlite": SQLITE_UNDO})


def run(schema_editor, statements):
    statement = statements.get(schema_editor.connection.vendor)
    if statement:
        schema_editor.connection.cursor().execute(statement)


class Migration(migrations.Migration):
    dependencies = [("firms", "0001_people_and_firms")]
    operations = [migrations.RunPython(build, remove)]

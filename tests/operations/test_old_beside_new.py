"""While the new schema is in place, processes of the version before go on reading and writing."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from tests.access import world
from tests.access.test_matrix import PARTS

OURS = ("firms", "surveys", "scoring", "reports")
# Rows of these are never written twice: the database itself refuses to change them.
NEVER_REWRITTEN = {"auditentry"}


def before_last() -> list[tuple[str, str]]:
    """For each app, the migration before its last: as far as the version before had come."""
    graph = MigrationExecutor(connection).loader.graph
    chains = {app: [key for key in graph.forwards_plan(graph.leaf_nodes(app)[0]) if key[0] == app] for app in OURS}
    return [chain[-2] for chain in chains.values() if len(chain) > 1]


def old_models() -> list[type[Model]]:
    """The models as the version before knew them."""
    state = MigrationExecutor(connection).loader.project_state(before_last())
    return [model for app in OURS for model in state.apps.get_app_config(app).get_models()]


def columns_now(model: type[Model]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        return {one.name: one for one in connection.introspection.get_table_description(cursor, model._meta.db_table)}


def columns_known(model: type[Model]) -> set[str]:
    return {field.column for field in model._meta.local_concrete_fields}


def defaults_of(table: str) -> set[str]:
    """The columns that the database fills by itself."""
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {field.column for field in found[table]._meta.local_concrete_fields if field.has_db_default()}


def hindrances(model: type[Model]) -> Iterator[str]:
    """What the version before would stumble over in this table."""
    table, now, known = model._meta.db_table, columns_now(model), columns_known(model)
    yield from (f"{table}.{name} is gone" for name in known - set(now))
    new = [now[name] for name in set(now) - known]
    yield from (
        f"{table}.{one.name} must be given" for one in new if not one.null_ok and one.name not in defaults_of(table)
    )


def test_nothing_that_the_version_before_uses_is_gone_and_nothing_new_must_be_given(db: None) -> None:
    assert [hindrance for model in old_models() for hindrance in hindrances(model)] == []
    assert len(old_models()) > 30


def test_the_version_before_writes_every_kind_of_row(db: None) -> None:
    world.build(*PARTS)
    kinds = [model for model in old_models() if model._meta.model_name not in NEVER_REWRITTEN]
    written = {model._meta.label: rewritten(model) for model in kinds}
    assert sum(count > 0 for count in written.values()) > 25


def rewritten(model: type[Model]) -> int:
    """The rows taken out and put in again by the old model, and what it put in read by the new one."""
    with transaction.atomic(), connection.constraint_checks_disabled():
        rows = list(model._base_manager.all())
        model._base_manager.all()._raw_delete(connection.alias)
        model._base_manager.bulk_create(rows)
        new = apps.get_model(model._meta.app_label, model._meta.object_name)
        assert len(list(new._base_manager.all())) == len(rows)
        transaction.set_rollback(True)
    return len(rows)


def test_a_column_that_must_be_given_is_noticed(db: None) -> None:
    model = next(model for model in old_models() if model._meta.model_name == "comment")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} RENAME COLUMN text TO words")
    assert set(hindrances(model)) == {"surveys_comment.text is gone", "surveys_comment.words must be given"}

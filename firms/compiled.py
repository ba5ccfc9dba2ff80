"""Statements that are asked many times a second, turned into SQL once a process instead of once a request.

Django builds every query anew from its parts, which takes longer than the database needs to answer it. A ``Compiled``
query is written with the ORM like any other and keeps its SQL; only the values change.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Value = uuid.UUID | datetime | str
# Values that no row has: where they stand in the SQL, a request's own values go.
FIRST_STAND_IN = uuid.UUID("8e2b1f5c-55f0-4c53-9d0c-6f2b5f3a0000").int
FIRST_MOMENT = datetime(1901, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Plan:
    """SQL with its parameters; ``places`` says which of them is filled with which value."""

    sql: str
    parameters: tuple[Any, ...]
    places: Mapping[int, str]
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]


@dataclass
class Compiled(Generic[M]):
    """One query. ``build`` is called once with a stand-in for each value of ``kinds`` and returns the query.

    The rows come as ``build`` orders its columns: call ``values_list`` in it, or leave the model's own columns for
    ``objects``. A value that the SQL does not contain exactly as given is a TypeError at the first use.
    """

    build: Callable[..., QuerySet[M, Any]]
    kinds: Mapping[str, type[Value]]
    _plans: dict[str, Plan] = field(default_factory=dict)

    def rows(self, **values: Value) -> list[tuple[Any, ...]]:
        database = connections[DEFAULT_DB_ALIAS]
        plan = self._plans.get(database.vendor) or self._compile(database)
        parameters = list(plan.parameters)
        given = {name: self._checked(name, value, database) for name, value in values.items()}
        for place, name in plan.places.items():
            parameters[place] = given[name]
        with prepared_cursor(database) as cursor:
            cursor.execute(plan.sql, parameters)
            return converted(cursor.fetchall(), plan, database)

    def objects(self, model: type[M], **values: Value) -> list[M]:
        """The rows as objects; the query must ask for the model's own columns and nothing else."""
        names = [column.attname for column in model._meta.concrete_fields]
        return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in self.rows(**values)]

    def _checked(self, name: str, value: Value, database: BaseDatabaseWrapper) -> Any:
        if not isinstance(value, self.kinds[name]):
            raise TypeError(f"{name} must be a {self.kinds[name].__name__}, not {value!r}")
        return as_parameter(value, database)

    def _compile(self, database: BaseDatabaseWrapper) -> Plan:
        stand_ins = {name: stand_in(kind, number) for number, (name, kind) in enumerate(self.kinds.items())}
        compiler = self.build(**stand_ins).query.get_compiler(connection=database)
        sql, parameters = compiler.as_sql()
        names = {as_parameter(value, database): name for name, value in stand_ins.items()}
        places = {place: names[one] for place, one in enumerate(parameters) if one.__hash__ and one in names}
        if set(places.values()) != set(self.kinds):
            raise TypeError(f"not every one of {sorted(self.kinds)} stands in: {sql}")
        found = compiler.get_converters([column for column, *_ in compiler.select or ()])
        converters = [(place, calls, column) for place, (calls, column) in found.items()]
        plan = Plan(sql, tuple(parameters), places, converters)
        self._plans[database.vendor] = plan
        return plan


@dataclass(frozen=True)
class Upsert:
    """Writes one row; where one with the same ``unique`` columns stands, sets its ``update`` columns instead.

    Without ``update`` the row that stands is left as it is. Columns are named as the model's fields store them.
    """

    model: type[Model]
    columns: tuple[str, ...]
    unique: tuple[str, ...]
    update: tuple[str, ...] = ()

    def __call__(self, **values: Any) -> bool:
        """Whether anything was written."""
        fields = {one.attname: one for one in self.model._meta.concrete_fields}
        database = connections[DEFAULT_DB_ALIAS]
        parameters = [fields[name].get_db_prep_save(values[name], database) for name in self.columns]
        with prepared_cursor(database) as cursor:
            cursor.execute(self._sql, parameters)
            return written_by(cursor)

    @cached_property
    def _sql(self) -> str:
        names, places = ", ".join(self.columns), ", ".join(["%s"] * len(self.columns))
        taken = ", ".join(f"{name} = EXCLUDED.{name}" for name in self.update)
        then = f"DO UPDATE SET {taken}" if taken else "DO NOTHING"
        return (
            f"INSERT INTO {self.model._meta.db_table} ({names}) VALUES ({places}) "  # noqa: S608 - names of our own
            f"ON CONFLICT ({', '.join(self.unique)}) {then}"
        )


class Prepared(psycopg.Cursor[Any]):
    """Lets PostgreSQL keep the plan of a statement for as long as the connection stands."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Prepared":
        return super().execute(query, params, **{**options, "prepare": True})


def prepared_cursor(database: BaseDatabaseWrapper) -> CursorWrapper:
    """As ``database.cursor()``, whose statements are planned anew each time."""
    if database.vendor != "postgresql":
        return database.cursor()
    database.ensure_connection()
    with database.wrap_database_errors:
        return database._prepare_cursor(Prepared(database.connection))  # type: ignore[attr-defined, no-any-return]


def written_by(cursor: CursorWrapper) -> bool:
    return int(cursor.rowcount) > 0


def as_parameter(value: Value, database: BaseDatabaseWrapper) -> Any:
    """The value as the database takes it: SQLite has neither UUIDs nor times of its own."""
    if isinstance(value, uuid.UUID):
        return value if database.features.has_native_uuid_field else value.hex
    return database.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def stand_in(kind: type[Value], number: int) -> Value:
    if kind is uuid.UUID:
        return uuid.UUID(int=FIRST_STAND_IN + number)
    if kind is datetime:
        return FIRST_MOMENT + timedelta(days=number)
    return f"<stand-in {number}>"


def converted(rows: Sequence[Any], plan: Plan, database: BaseDatabaseWrapper) -> list[tuple[Any, ...]]:
    """The rows as Python has them, where the database gives something else (SQLite: UUIDs, times, booleans)."""
    if not plan.converters:
        return list(rows)
    changed = [list(row) for row in rows]
    for place, calls, column in plan.converters:
        for row in changed:
            for call in calls:
                row[place] = call(row[place], column, database)
    return [tuple(row) for row in changed]

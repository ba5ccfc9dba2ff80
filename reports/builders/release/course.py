"""The same group from release to release."""

from reports.builders.charts import Moment, trend
from reports.builders.formatting import date_text
from reports.builders.release.material import Material, Past
from reports.builders.release.standing import INDEX, told_mean
from reports.builders.release.table import Block, Cell, Column, Table


def course_blocks(material: Material) -> tuple[Block, ...]:
    """Nothing before the group has a mean in two releases."""
    means = [mean_of(past, material.group) for past in material.series]
    if sum(mean is not None for mean in means) < 2:
        return ()
    # A month in the axis says enough of a release; the table gives the day.
    moments = [Moment(past.as_of, mean, past.comparable) for past, mean in zip(material.series, means, strict=True)]
    title = material.say("rel_trend")

    def draw(key: str, width: float) -> str:
        return trend(moments, key=key, title=title, language=material.language, width=width)

    heads = (
        ("release", "text"),
        ("date", "text"),
        ("instrument", "text"),
        ("firms", "count"),
        ("mean", "score"),
        ("comparable", "text"),
    )
    table = Table(
        tuple(Column(material.say(f"rel_col_{key}"), kind) for key, kind in heads),  # type: ignore[arg-type]
        tuple(row(material, past) for past in material.series),
    )
    return (Block("trend", title, table, draw, (material.say("rel_note_trend"),)),)


def mean_of(past: Past, group: str) -> float | None:
    shown = past.release.group(group)
    return None if shown is None else told_mean(shown, INDEX)


def row(material: Material, past: Past) -> tuple[Cell, ...]:
    shown = past.release.group(material.group)
    return (
        past.label,
        date_text(past.as_of, material.language),
        past.instrument,
        None if shown is None else shown.firms,
        mean_of(past, material.group),
        material.say("rel_yes" if past.comparable else "rel_no"),
    )

"""A report's chapters as a plain HTML page for paper: the same texts, the same tables, the same charts as drawings."""

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

CHAPTERS = (
    "cover", "summary", "dimensions", "benchmarks", "findings", "roadmap", "method", "verify",
    "differing", "peers", "evidence", "comments", "derivations",
)  # fmt: skip
STYLE = """
@font-face { font-family: Sans; src: url(FONTS/NotoSansSC-Regular.ttf); font-weight: 400 }
@font-face { font-family: Sans; src: url(FONTS/NotoSansSC-Bold.ttf); font-weight: 700 }
@page { size: A4; margin: 20mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Sans } }
body { font: 9pt/1.45 Sans } section { break-before: page } svg { max-width: 100%; break-inside: avoid }
table { border-collapse: collapse; width: 100% } td, th { border: .4pt solid #bbb; padding: 2pt 4pt; text-align: left }
h1 { font-size: 20pt } h2 { font-size: 13pt } h3 { font-size: 10pt } p { margin: 3pt 0 }
"""


def html_report(chapters: Mapping[str, Any], fonts: Path) -> str:
    style = STYLE.replace("FONTS", fonts.as_uri())
    body = "".join(f"<section>{''.join(_block(chapters[name]))}</section>" for name in CHAPTERS if chapters.get(name))
    drawings = "".join(
        f"<figure>{one['svg']}<figcaption>{escape(one['alt'])}</figcaption></figure>"
        for one in chapters["figures"].values()
    )
    language = "zh" if chapters["language"].startswith("zh") else "en"
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{escape(chapters["title"])}</title>'
        f"<style>{style}</style><h1>{escape(chapters['title'])}</h1>{body}<section>{drawings}</section></html>"
    )


def _block(value: Any) -> Iterator[str]:
    """Texts become paragraphs, drawings stand as they are, a list of equal records becomes a table."""
    if isinstance(value, str):
        yield value if value.lstrip().startswith("<svg") else f"<p>{escape(value)}</p>"
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _block(part)
    elif isinstance(value, list) and value and all(_flat(one) for one in value):
        yield _table(value)
    elif isinstance(value, list):
        for part in value:
            yield from _block(part)
    else:
        yield f"<p>{escape(str(value))}</p>"


def _flat(one: Any) -> bool:
    """A record whose values all fit into cells."""
    return isinstance(one, Mapping) and all(not isinstance(cell, (list, Mapping)) for cell in one.values())


def _table(rows: list[Mapping[str, Any]]) -> str:
    lines = ("".join(f"<td>{_cell(cell)}</td>" for cell in row.values()) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _cell(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return text if text.lstrip().startswith("<svg") else escape(text)

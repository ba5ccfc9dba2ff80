"""The chapters in reading order; each writes what the reader chose and the report has."""

from collections.abc import Callable
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from reports.builders.docx.parts import Line, Writer, coded
from reports.builders.docx.styles import QUIET

Chapter = dict[str, Any]


def write_chapters(writer: Writer) -> None:
    """Those of the sections asked for, then method, versions and how to verify."""
    asked = writer.chapters["sections"]
    for section, write in CHAPTERS:
        if section in asked:
            write(writer)
    write_method(writer)


def write_summary(writer: Writer) -> None:
    words, part = writer.words, writer.chapters["summary"]
    writer.heading(words["summary_of_both"], 1)
    writer.paragraph(part["headline"], bold=True)
    writer.facts(
        [(words["index"], [part["index"], part["out_of"]]), (words["level"], [part["level"], part["meaning"]])]
    )
    writer.chart("levels")
    for gate in part["gates"]:
        writer.paragraph(gate)
    writer.heading(words["dimension_scores"], 2)
    writer.chart("dimensions")
    writer.heading(words["published_practices"], 2)
    writer.paragraph(part["published"])
    writer.table(
        (words["practice"], words["your_place"]),
        [(row["title"], _reached(writer, row["reached"])) for row in part["practices"]],
        (0.72, 0.28),
    )
    if part["warnings"]:
        writer.note(part["warnings"])


def _reached(writer: Writer, reached: bool | None) -> Any:
    return writer.words["not_placed" if reached is None else "reached" if reached else "not_reached"]


def write_dimensions(writer: Writer) -> None:
    words, rows = writer.words, writer.chapters["dimensions"]["rows"]
    writer.heading(words["dimensions"], 1)
    writer.chart("radar")
    writer.table(
        (words["dimension"], words["score"], words["weight"], words["answered"]),
        [(row["title"], row["score"], row["weight"], row["counts"]["answered"]) for row in rows],
        (0.52, 0.16, 0.16, 0.16),
    )
    if "trend" in writer.chapters["figures"]:
        writer.heading(words["trend"], 2)
        writer.chart("trend")
    for row in rows:
        _dimension(writer, row)


def _dimension(writer: Writer, row: Chapter) -> None:
    words = writer.words
    writer.heading(row["title"], 2)
    writer.paragraph(row["score"], bold=True).paragraph_format.keep_with_next = True
    if row["intro"]:
        writer.note(row["intro"]).paragraph_format.keep_with_next = True
    if row["partly_declined"]:
        writer.note(words["partly_declined"]).paragraph_format.keep_with_next = True
    writer.table(
        (words["item"], words["today"], words["go_on"], words["score"]),
        [
            (coded(item["code"], item["title"]), [item["answer"], item["anchor"]], item["advice"], item["score"])
            for item in row["items"]
        ],
        (0.24, 0.32, 0.34, 0.1),
    )


def write_differing(writer: Writer) -> None:
    words, rows = writer.words, writer.chapters["differing"]
    if not rows:
        return
    writer.heading(words["differing"], 1)
    writer.paragraph(words["differing_lead"])
    writer.table(
        (words["item"], words["voices"], words["agreed"]),
        [(coded(row["code"], row["title"]), row["voices"], row["agreed"]) for row in rows],
        (0.38, 0.38, 0.24),
    )


def write_benchmarks(writer: Writer) -> None:
    words, part = writer.words, writer.chapters["benchmarks"]
    if not any(part[name] for name in ("rows", "distributions", "statistics")):
        return
    writer.heading(words["benchmarks"], 1)
    writer.paragraph(words["benchmarks_intro"])
    writer.chart("benchmarks")
    writer.table(
        (words["practice"], words["published"], words["your_place"], words["population_and_source"]),
        [
            (
                [Line(row["title"], bold=True), row["statement"], Line(row["id"], style=QUIET)],
                row["published"],
                row["sentence"],
                row["details"],
            )
            for row in part["rows"]
        ],
        (0.3, 0.12, 0.26, 0.32),
    )
    _distributions(writer, part["distributions"])
    _statistics(writer, part["statistics"])
    writer.heading(words["sources"], 2)
    for source in part["sources"]:
        writer.paragraph(_after(source["number"], source["text"]))


def write_peers(writer: Writer) -> None:
    """Left out where there is no release to stand in."""
    words, part = writer.words, writer.chapters["peers"]
    if not part["rungs"]:
        return
    writer.heading(words["peer_title"], 1)
    writer.paragraph(part["sentence"], bold=True)
    writer.table(
        (words["peer_ladder"], words["rel_col_group"], words["peer_said"]),
        [(Line(row["title"], bold=row["chosen"]), row["group"], row["reason"]) for row in part["rungs"]],
        (0.36, 0.3, 0.34),
    )
    for line in part["lines"]:
        writer.note(line)


def _after(number: str, text: Any) -> Any:
    """The number before the text, or before both texts of a pair."""
    if isinstance(text, dict):
        return {language: f"{number} {one}" for language, one in text.items()}
    return f"{number} {text}"


def _distributions(writer: Writer, rows: list[Chapter]) -> None:
    if rows:
        writer.heading(writer.words["distributions"], 2)
    for row in rows:
        writer.heading(row["title"], 3)
        writer.chart(row["figure"])
        if row["sentence"]:
            writer.paragraph(row["sentence"])
        for line in row["details"]:
            writer.note(line)


def _statistics(writer: Writer, groups: list[Chapter]) -> None:
    words = writer.words
    if groups:
        writer.heading(words["statistics"], 2)
    for group in groups:
        for line in group["details"]:
            writer.note(line)
        writer.table(
            (words["figure"], words["value"], words["remark"]),
            [(row["title"], row["value"], row["note"]) for row in group["rows"]],
            (0.42, 0.2, 0.38),
        )


def write_next(writer: Writer) -> None:
    words, found, road = writer.words, writer.chapters["findings"], writer.chapters["roadmap"]
    writer.heading(words["strengths_and_gaps"], 1)
    for name in ("strengths", "gaps"):
        writer.heading(words[name], 2)
        if not found[name]:
            writer.paragraph(words[f"no_{name}"])
        writer.table(
            (words["item"], words["dimension"], words["meaning"], words["score"]),
            [
                (coded(row["code"], row["title"]), row["dimension"], [row["answer"], row["text"]], row["score"])
                for row in found[name]
            ],
            (0.28, 0.2, 0.42, 0.1),
        )
    writer.heading(words["roadmap"], 1)
    writer.paragraph(road["goal"] if road["steps"] else words["no_next_steps"])
    for number, step in enumerate(road["steps"], 1):
        _step(writer, number, step)


def _step(writer: Writer, number: int, step: Chapter) -> None:
    writer.heading(_after(f"{number}.", step["title"]), 2)
    writer.paragraph(step["move"], bold=True)
    for text in (step["today"], step["then"], step["advice"], *step["facts"]):
        if text:
            writer.paragraph(text)
    writer.note(step["code"])


def write_evidence(writer: Writer) -> None:
    """Left out where no answer has data behind it."""
    words, rows = writer.words, writer.chapters["evidence"]
    if not rows:
        return
    writer.heading(words["evidence"], 1)
    writer.paragraph(words["evidence_lead"])
    writer.table(
        (words["item"], words["evidence_declared"], words["evidence_verdict"]),
        [
            (
                coded(row["code"], row["title"]),
                row["declared"],
                [Line(row["outcome"], bold=True), row["reason"], row["source"], *row["caveats"]],
            )
            for row in rows
        ],
        (0.28, 0.24, 0.48),
    )


def write_measured(writer: Writer) -> None:
    """Left out where there is nothing to draw."""
    words, rows = writer.words, writer.chapters["measured"]
    if not rows:
        return
    writer.heading(words["measured_charts"], 1)
    writer.paragraph(words["measured_lead"])
    for row in rows:
        writer.heading(row["title"], 2)
        if row["source"]:
            writer.note(row["source"])
        for chart in row["charts"]:
            _with_note(writer, chart)


def _with_note(writer: Writer, chart: Chapter) -> None:
    writer.heading(chart["title"], 3)
    writer.chart(chart["figure"])
    if chart["note"]:
        writer.note(chart["note"])


def write_comments(writer: Writer) -> None:
    words, rows = writer.words, writer.chapters["comments"]
    if not rows:
        return
    writer.heading(words["comments"], 1)
    writer.paragraph(words["comments_lead"])
    for row in rows:
        writer.heading(row["title"], 2)
        for text in row["paragraphs"]:
            writer.paragraph(text)
        writer.note(row["by"])
        writer.note(row["date"])


def write_derivations(writer: Writer) -> None:
    words, rows = writer.words, [row for row in writer.chapters["derivations"] if row["terms"]]
    if not rows:
        return
    writer.heading(words["derivations"], 1)
    writer.paragraph(words["derivations_lead"])
    for row in rows:
        writer.heading(row["title"], 2)
        writer.paragraph(row["score"], bold=True).paragraph_format.keep_with_next = True
        writer.note(row["rule"]).paragraph_format.keep_with_next = True
        writer.table(
            (words["term"], words["term_answer"], words["score"], words["term_share"], words["term_adds"]),
            [
                (coded(term["code"], term["title"]), term["answer"], term["score"], term["share"], term["adds"])
                for term in row["terms"]
            ],
            (0.36, 0.28, 0.12, 0.12, 0.12),
        )


def write_method(writer: Writer) -> None:
    words, part = writer.words, writer.chapters["method"]
    writer.heading(words["method"], 1)
    for paragraph in part["paragraphs"]:
        writer.heading(paragraph["title"], 2)
        writer.paragraph(paragraph["text"])
    writer.heading(words["levels"], 2)
    writer.table(
        (words["level"], words["from_index"], words["level_meaning"]),
        [(row["title"], row["from"], row["meaning"]) for row in part["levels"]],
        (0.22, 0.14, 0.64),
    )
    if part["level_note"]:
        writer.note(part["level_note"])
    writer.heading(words["response_quality"], 2)
    writer.bullets(part["warnings"] or [words["no_warnings"]])
    writer.heading(words["provenance"], 2)
    writer.facts([(row["label"], row["value"]) for row in part["provenance"]])
    _verify(writer)


def _verify(writer: Writer) -> None:
    part = writer.chapters["verify"]
    if part is None:
        return
    writer.heading(writer.words["verify_title"], 2)
    writer.paragraph(writer.words["verify_text"])
    if "verify" in writer.pictures:
        writer.picture(
            writer.centred(), writer.pictures["verify"], alternative(part["alt"]), name="verify", width=Mm(30)
        )
    address = writer.paragraph(part["address"], bold=True)
    address.alignment = WD_ALIGN_PARAGRAPH.CENTER


def alternative(text: Any) -> str:
    """Both languages of a text alternative in one line."""
    return f"{text['zh']} {text['en']}" if isinstance(text, dict) else str(text)


CHAPTERS: tuple[tuple[str, Callable[[Writer], None]], ...] = (
    ("summary", write_summary),
    ("dimensions", write_dimensions),
    ("benchmarks", write_benchmarks),
    ("peers", write_peers),
    ("next", write_next),
    ("dimensions", write_differing),
    ("evidence", write_evidence),
    ("charts", write_measured),
    ("comments", write_comments),
    ("derivations", write_derivations),
)

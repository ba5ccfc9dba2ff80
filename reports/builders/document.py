"""The report laid out as chapters of display-ready texts: what a template sets, with nothing left to compute.

The template picks places and sizes; which sentence stands where, how a number reads and what is left out is decided
here, so that the same chapters can be set by another program.
"""

from collections.abc import Sequence
from typing import Any

from reports.builders.benchmarks import benchmarks
from reports.builders.brand import brand_chapter, colours
from reports.builders.charts.lettering import shorten, text_width
from reports.builders.comments import comments
from reports.builders.evidence import evidence, measured
from reports.builders.figures import sheet_figures
from reports.builders.formatting import date_text, score_text, weight_text
from reports.builders.language import Language
from reports.builders.model import Derivation, Dimension, Finding, Item, NextStep, ReportModel, Term
from reports.builders.peers import peers
from reports.builders.qr import qr_svg
from reports.builders.sections import shown
from reports.builders.wording import all_phrases, say

Chapter = dict[str, Any]

# What the summary has room for on its one page: rows, then points at 8.5 pt: an answer over two lines of its narrow
# column, advice over three lines of the wide one or over two.
SUMMARY_ROWS = 3
SUMMARY_ANSWER = 210.0
SUMMARY_ADVICE = (520.0, 340.0)
# An answer of so many ems is set bold; a longer one is a sentence, and reads better plain.
SHORT_ANSWER = 14.0
# The running header holds a name of this width at its size, in points.
_HEADER_SIZE, _HEADER_ROOM = 8.0, 250.0


def document(model: ReportModel, missing: Sequence[str] = ()) -> Chapter:
    """All chapters of a report whose texts are already cleaned.

    Args:
        missing: characters that had to be replaced because no font has them; the method chapter names them.
    """
    language, figures = model.language, sheet_figures(model)
    return {
        "language": language,
        "sections": sorted(shown(model.sections)),
        "phrases": all_phrases(language),
        "colours": colours(model),
        "brand": brand_chapter(model),
        "figures": {name: {"svg": figure.svg, "alt": figure.description} for name, figure in figures.items()},
        "title": say(language, "document_title", firm=model.firm.name),
        "description": say(
            language,
            "document_description",
            firm=model.firm.name,
            date=date_text(model.provenance.built_on, language),
        ),
        "header": shorten(model.firm.name, _HEADER_SIZE, _HEADER_ROOM),
        "built_on": [int(part) for part in model.provenance.built_on[:10].split("-")],
        "report_id": model.provenance.report_id,
        "page_of": say(language, "page_of", page="{page}", pages="{pages}"),
        "publisher": model.provenance.publisher,
        "cover": _cover(model),
        "summary": _summary(model),
        "dimensions": _dimensions(model),
        "benchmarks": benchmarks(model),
        "findings": _findings(model),
        "roadmap": _roadmap(model),
        "method": _method(model, missing),
        "verify": _verify(model),
        "differing": [
            {"code": one.code, "title": one.title, "voices": list(one.voices), "agreed": one.agreed_text}
            for one in model.differing
        ],
        "peers": peers(model),
        "evidence": evidence(model),
        "measured": measured(model, figures),
        "comments": comments(model),
        "derivations": [_derivation(one, language) for one in model.derivations],
    }


def _derivation(one: Derivation, language: Language) -> Chapter:
    return {
        "title": one.title,
        "rule": one.rule,
        "score": score_text(one.score, language),
        "terms": [_term(term) for term in one.terms],
    }


def _term(one: Term) -> Chapter:
    """A dash where a part stands aside; two places, so that a reader can add up."""
    return {
        "code": one.code,
        "title": one.title,
        "answer": one.answer_text,
        "score": "–" if one.score is None else f"{one.score:.1f}",
        "share": "–" if one.share is None else f"{one.share * 100:.1f}%",
        "adds": "–" if one.contribution is None else f"{one.contribution:.2f}",
    }


def _cover(model: ReportModel) -> Chapter:
    language, about, firm = model.language, model.provenance, model.firm
    none = say(language, "none_given")
    facts = (
        ("industry", firm.industry or none),
        ("size", firm.size or none),
        ("region", firm.region or none),
        ("submitted_on", date_text(about.submitted_on, language)),
        ("built_on", date_text(about.built_on, language)),
        ("report_id", about.report_id),
    )
    return {
        "firm": firm.name,
        "english_name": firm.english_name,
        "instrument": say(
            language,
            "titled_code",
            title=about.instrument.title,
            code=about.instrument.code,
            version=about.instrument.version,
        ),
        "facts": [{"label": say(language, key), "value": value} for key, value in facts],
        "recipient": _recipient(model),
    }


def _recipient(model: ReportModel) -> str:
    """Whom this copy was made for; a firm's name need not be said twice."""
    named = model.provenance.recipient
    return say(model.language, "recipient_self") if named and named == model.firm.name else named


def _summary(model: ReportModel) -> Chapter:
    language = model.language
    placed, reached = model.placed_count, model.reached_count
    count = say(language, "reached_of", placed=placed, reached=reached) if placed else say(language, "no_placed")
    return {
        "headline": headline(model),
        "index": score_text(model.index, language),
        "assessed": model.index is not None,
        "out_of": say(language, "out_of", top=weight_text(model.index_top)),
        "level": model.level.title if model.level else say(language, "not_assessed"),
        "meaning": model.level.meaning if model.level else "",
        "gates": [say(language, "gate_row", level=gate.level_title, text=gate.text) for gate in model.gates],
        "published": count,
        "practices": [{"title": one.title, "reached": one.reached} for one in model.indicators],
        "strengths": [_in_short(one, language) for one in model.strengths[:SUMMARY_ROWS]],
        "gaps": [_in_short(one, language) for one in model.gaps[:SUMMARY_ROWS]],
        "steps": [
            _step(one, language) | {"briefs": [shorten(one.advice, 8.5, room) for room in SUMMARY_ADVICE]}
            for one in model.next_steps[:SUMMARY_ROWS]
        ],
        "warnings": say(language, "warnings_noted", count=len(model.warnings)) if model.warnings else "",
    }


def headline(model: ReportModel) -> str:
    """The one sentence a managing director reads: the index, the level, and what keeps the firm from the next."""
    language, level = model.language, model.level
    if model.index is None or level is None:
        return _partial_headline(model)
    index, reached = score_text(model.index, language), model.level_by_index
    if model.held_back and reached is not None:
        return say(language, "headline_held", index=index, level=level.title, reached=reached.title)
    above = [one for one in model.levels if one.start > model.index]
    if not above:
        return say(language, "headline_level", index=index, level=level.title)
    points = score_text(above[0].start - model.index, language)
    return say(language, "headline_distance", index=index, level=level.title, next=above[0].title, points=points)


def _partial_headline(model: ReportModel) -> str:
    """Some instruments give a level without an index; some answers give neither."""
    if model.level is not None:
        return say(model.language, "headline_only_level", level=model.level.title)
    if model.index is not None:
        return say(model.language, "headline_only_index", index=score_text(model.index, model.language))
    return say(model.language, "headline_none")


def _finding(one: Finding, language: Language) -> Chapter:
    return {
        "code": one.code,
        "title": one.title,
        "dimension": one.dimension,
        "score": score_text(one.score, language),
        "answer": one.answer_text,
        "short": text_width(one.answer_text, 1) <= SHORT_ANSWER,
        "text": one.text,
    }


def _in_short(one: Finding, language: Language) -> Chapter:
    """For the narrow columns of the summary, where an answer may be a whole sentence."""
    return _finding(one, language) | {"answer": shorten(one.answer_text, 8.5, SUMMARY_ANSWER)}


def _dimensions(model: ReportModel) -> Chapter:
    return {"rows": [_dimension(one, model.language) for one in model.dimensions]}


def _dimension(one: Dimension, language: Language) -> Chapter:
    counts = {
        state: one.count(state)
        for state in ("answered", "not_applicable", "dont_know", "declined", "not_asked", "unanswered")
    }
    return {
        "code": one.code,
        "title": one.title,
        "intro": one.intro,
        "score": score_text(one.score, language),
        "assessed": one.score is not None,
        "weight": weight_text(one.weight),
        "partly_declined": one.partly_declined,
        "counts": {state: str(count) for state, count in counts.items()},
        "items": [_item(item, language) for item in one.items],
    }


def _item(one: Item, language: Language) -> Chapter:
    answered = one.state == "answered"
    top = answered and one.level is not None and one.level >= one.levels
    return {
        "code": one.code,
        "title": one.title,
        "answered": answered,
        "answer": one.answer_text if answered else say(language, one.state),
        "short": answered and text_width(one.answer_text, 1) <= SHORT_ANSWER,
        "level": one.level if answered else None,
        "levels": one.levels,
        "anchor": one.anchor_text,
        "advice": one.advice_text or (say(language, "top_reached") if top else ""),
        "score": score_text(one.score, language) if one.score is not None else "–",
    }


def _findings(model: ReportModel) -> Chapter:
    return {
        "strengths": [_finding(one, model.language) for one in model.strengths],
        "gaps": [_finding(one, model.language) for one in model.gaps],
    }


def _roadmap(model: ReportModel) -> Chapter:
    language = model.language
    goal = say(language, "roadmap_goal", level=model.next_level) if model.next_level else say(language, "roadmap_intro")
    return {"goal": goal, "steps": [_step(one, language) for one in model.next_steps]}


def _step(one: NextStep, language: Language) -> Chapter:
    facts = [
        say(language, key, text=text) for key, text in (("why", one.why), ("practised_by", one.practised_by)) if text
    ]
    if one.index_after is not None:
        facts.append(say(language, "index_after", index=score_text(one.index_after, language)))
    return {
        "code": one.code,
        "title": one.title,
        "move": say(language, "from_to", start=one.from_level, end=one.to_level),
        "today": say(language, "today_is", text=one.from_text) if one.from_text else "",
        "then": say(language, "then_is", text=one.to_text) if one.to_text else "",
        "advice": one.advice,
        "facts": facts,
    }


def _method(model: ReportModel, missing: Sequence[str]) -> Chapter:
    language = model.language
    codes = "，" if language == "zh-hans" else ", "
    replaced = codes.join(f"U+{ord(character):04X}" for character in missing)
    return {
        "paragraphs": [{"title": one.title, "text": one.text} for one in model.method],
        "levels": [
            {"title": level.title, "from": weight_text(level.start), "meaning": level.meaning} for level in model.levels
        ],
        "level_note": model.level_note,
        "warnings": list(model.warnings),
        "provenance": _provenance(model),
        "replaced": say(language, "replaced", codes=replaced) if missing else "",
    }


def _provenance(model: ReportModel) -> list[Chapter]:
    language, about = model.language, model.provenance
    tool = about.instrument
    titled = say(language, "titled_code", title=tool.title, code=tool.code, version=tool.version)
    figures = (
        say(language, "code_version", code=about.benchmark_code, version=about.benchmark_version)
        if about.benchmark_code
        else ""
    )
    rows = (
        ("instrument_version", titled),
        ("instrument_hash", tool.hash),
        ("engine_version", about.engine_version),
        ("benchmark_version", figures),
        ("submitted_on", date_text(about.submitted_on, language)),
        ("built_on", date_text(about.built_on, language)),
        ("report_id", about.report_id),
        ("recipient", _recipient(model)),
        ("presented_by", model.brand.name if model.brand else ""),
        ("figures_hash", about.figures_hash),
    )
    return [{"label": say(language, key), "value": value} for key, value in rows if value]


def _verify(model: ReportModel) -> Chapter | None:
    """The code that leads to the page which says whether this report is genuine; None where it has no such page."""
    address = model.provenance.verify_at
    if not address:
        return None
    return {"address": address, "svg": qr_svg(address), "alt": say(model.language, "verify_alt", address=address)}

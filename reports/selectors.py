"""What pages and reports are told from."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import slugify

from firms.catalogues import industry_name, region_name
from firms.gate import Right, fetch, firms_visible
from firms.models import Firm, Person
from firms.selectors.firms import firm_list
from reports import assembly
from reports.builders import model as told
from reports.builders.language import Language
from reports.derivations import derivations
from reports.evidence.told import contradictions, evidenced
from reports.models import Report
from reports.peers import peers_of
from reports.trend import history, index_top
from reports.workspace.comments_selectors import reports_readable
from scoring.engine.steps import single_steps
from scoring.library import benchmark_get
from scoring.models import Result
from surveys.models import Assessment, Snapshot
from surveys.selectors import Progress, answer_table, answers_of, assessment_instrument, parts_of, whole_progress
from surveys.selectors.opinions import spreads_of


def report_fetch(person: Person, report_id: object) -> Report:
    """The report, if the person may see reports of its firm and it was made for that person; Http404 otherwise."""
    rows = reports_readable(person).select_related("assessment__firm")
    return fetch(person, rows, report_id, Right.REPORT, via="assessment__firm")


def submitted_fetch(person: Person, assessment_id: object, right: Right) -> Assessment:
    """The submitted assessment with its result, if the person has the right for its firm; Http404 otherwise."""
    rows = Assessment.objects.select_related("firm", "result", "snapshot").filter(status=Assessment.Status.SUBMITTED)
    return fetch(person, rows, assessment_id, right)


def told_in(language: str) -> Language:
    """The language of the product that a request's language comes to."""
    return "en" if language.startswith("en") else "zh-hans"


def report_model(
    assessment: Assessment, *, language: str, report_id: uuid.UUID | None, built_at: datetime
) -> told.ReportModel:
    """All that is told of a submitted assessment, in one language; the page and every report are made from this."""
    chosen = told_in(language)
    with translation.override(chosen):
        return _told(assessment, chosen, "" if report_id is None else str(report_id), built_at)


def _told(assessment: Assessment, language: Language, report_id: str, built_at: datetime) -> told.ReportModel:
    facts = report_facts(assessment, language)
    figures = facts.figures
    levels = assembly.levels(facts)
    evidence = evidenced(assessment, facts.instrument, language)
    return told.ReportModel(
        language=language,
        firm=_firm(assessment.snapshot),
        provenance=_provenance(assessment, facts, report_id, built_at),
        index=figures["nodes"].get(facts.instrument.level_node or "index"),
        index_top=index_top(facts.instrument),
        history=history(assessment, facts.instrument),
        level=next((level for level in levels if level.code == figures["level"]), None),
        levels=levels,
        level_note=facts.instrument.level_note.pick(language) if facts.instrument.level_note else "",
        gates=assembly.gates(facts),
        dimensions=assembly.dimensions(facts),
        indicators=assembly.indicators(facts),
        distributions=assembly.distributions(facts),
        statistics=assembly.statistics(facts),
        strengths=assembly.strengths(facts),
        gaps=assembly.gaps(facts),
        next_steps=assembly.next_steps(facts),
        warnings=(*assembly.warnings(facts), *contradictions(evidence)),
        method=assembly.method(facts),
        derivations=derivations(facts),
        differing=assembly.differing(facts, spreads_of(assessment, facts.instrument)),
        evidence=evidence,
        peers=peers_of(assessment, language),
    )


def report_facts(assessment: Assessment, language: Language) -> assembly.Facts:
    """The stored figures with the very instrument and benchmark that they were computed from."""
    instrument = assessment_instrument(assessment)
    result: Result = assessment.result
    benchmark = benchmark_get(result.benchmark_code, result.benchmark_version) if result.benchmark_code else None
    answers = answer_table(instrument, assessment.snapshot.answers)
    return assembly.Facts(
        instrument, benchmark, assessment.snapshot, result.figures, single_steps(instrument, answers), language
    )


def _firm(snapshot: Snapshot) -> told.Firm:
    return told.Firm(
        name=snapshot.firm_name,
        english_name=snapshot.firm_name_en,
        industry=industry_name(snapshot.industry),
        size=str(Firm.Size(snapshot.size).label) if snapshot.size else "",
        region=region_name(snapshot.region),
    )


def _provenance(assessment: Assessment, facts: assembly.Facts, report_id: str, built_at: datetime) -> told.Provenance:
    instrument, result = facts.instrument, assessment.result
    submitted = assessment.submitted_at or assessment.started_at
    return told.Provenance(
        report_id=report_id,
        submitted_on=timezone.localtime(submitted).date().isoformat(),
        built_on=timezone.localtime(built_at).date().isoformat(),
        instrument=told.Instrument(
            code=instrument.code,
            title=instrument.title.pick(facts.language),
            version=instrument.version,
            hash=instrument.content_hash,
        ),
        engine_version=result.engine_version,
        benchmark_code=result.benchmark_code,
        benchmark_version=result.benchmark_version,
        publisher=str(settings.SITE_NAME),
    )


@dataclass(frozen=True)
class HomeAssessment:
    """One line of the home page."""

    assessment: Assessment
    title: str
    progress: Progress | None
    level: str
    index: float | None


@dataclass(frozen=True)
class HomeFirm:
    firm: Firm
    role: str
    may_edit: bool
    assessments: list[HomeAssessment]

    @property
    def has_draft(self) -> bool:
        return any(not line.assessment.is_submitted for line in self.assessments)


def home_firms(person: Person, language: str) -> list[HomeFirm]:
    """The person's firms, each with its assessments, newest first. Three queries, however many firms."""
    rows = (
        Assessment.objects.filter(firm__in=firms_visible(person, Right.REPORT))
        .select_related("result")
        .prefetch_related("answers")
    )
    by_firm: dict[uuid.UUID, list[HomeAssessment]] = {}
    for row in rows.order_by("-started_at"):
        by_firm.setdefault(row.firm_id, []).append(_home_line(row, language))
    editable = set(firms_visible(person, Right.EDIT).values_list("pk", flat=True))
    return [
        HomeFirm(firm, firm.role, firm.pk in editable, by_firm.get(firm.pk, []))  # type: ignore[attr-defined]
        for firm in firm_list(person)
    ]


def submitted_lines(firm: Firm, language: str) -> list[HomeAssessment]:
    """The firm's submitted assessments, newest first."""
    rows = Assessment.objects.filter(firm=firm, status=Assessment.Status.SUBMITTED).select_related("result")
    return [_home_line(row, language) for row in rows.order_by("-submitted_at", "pk")]


def _home_line(row: Assessment, language: str) -> HomeAssessment:
    instrument = assessment_instrument(row)
    title = instrument.title.pick(language)
    if not row.is_submitted:
        return HomeAssessment(row, title, whole_progress(parts_of(instrument, answers_of(row))), "", None)
    level = next((one.title.pick(language) for one in instrument.levels if one.code == row.result.level), "")
    return HomeAssessment(row, title, None, level, row.result.index)


def report_filename(report: Report) -> str:
    """A name that sorts well in a folder of many; the platform adds the firm's name as it is written."""
    firm = report.assessment.firm
    day = (report.assessment.submitted_at or report.requested_at).strftime("%Y%m%d")
    name = slugify(firm.name_en if report.language == "en" and firm.name_en else firm.name, allow_unicode=True)
    return f"qms-{name[:60] or 'report'}-{day}-{report.language}.{report.format}"

"""A made-up population in the database: firms, their answers and results, and one association's campaign.

Written through bulk paths, some thousands of firms at a time. No firm in it is real.
"""

import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from firms.catalogues import industries, regions
from firms.credit_code import ALPHABET, check_character
from firms.models import Firm, Organisation, PoolConsent
from scoring.engine import ENGINE_VERSION
from scoring.engine.country import Country, country
from scoring.engine.many_firms import figures_of_many
from scoring.engine.published import Benchmark, Indicator
from scoring.library import benchmark_for
from scoring.models import Result
from surveys.instruments.answers import AnswerTable, State
from surveys.instruments.branching import with_branching
from surveys.instruments.coding import written_answer
from surveys.instruments.model import Instrument
from surveys.models import Assessment, Campaign, Snapshot, Target
from surveys.services.assessments import content_hash

AT_ONCE = 5_000
BEGINS = datetime(2026, 3, 1, 8, tzinfo=UTC)
DAYS = 90
NAMESPACE = uuid.UUID("6f2a1c52-5f0b-4f57-9d5e-2b7f7a1f4c11")
# Of the firms on the campaign's list, how many have submitted; the others were only invited.
SUBMITTED = 0.6
FIRST, SECOND = "华恒正中新东联大瑞德信安永金", "达泰盛源科诚捷宏兴隆远博创力"
TRADES = {
    "C13": "农产品加工", "C14": "食品", "C15": "饮料", "C16": "烟草", "C17": "纺织", "C18": "服饰", "C19": "皮革",
    "C20": "木业", "C21": "家具", "C22": "纸业", "C23": "印刷", "C24": "文体用品", "C25": "炼化", "C26": "化工",
    "C27": "制药", "C28": "化纤", "C29": "橡塑", "C30": "建材", "C31": "钢铁", "C32": "有色金属", "C33": "金属制品",
    "C34": "通用机械", "C35": "专用设备", "C36": "汽车部件", "C37": "轨道装备", "C38": "电气", "C39": "电子",
    "C40": "仪器仪表", "C41": "工艺品", "C42": "再生资源", "C43": "设备修理",
}  # fmt: skip
STAFF = {"micro": (5, 19), "small": (20, 299), "medium": (300, 999), "large": (1000, 9000)}
REVENUE = {"micro": (50, 299), "small": (300, 1999), "medium": (2000, 39999), "large": (40000, 900000)}


class PopulationRefused(Exception):
    """The population of this seed is there already."""


@dataclass(frozen=True)
class Written:
    """What ``population_create`` has made."""

    firms: int
    submitted: int
    association: Organisation
    campaign: Campaign | None


@dataclass(frozen=True)
class Plan:
    """One population: ``seed`` names it, ``campaign_share`` of its firms stand on the campaign's list."""

    firms: int
    seed: int
    instrument: Instrument
    benchmark: Benchmark | None
    campaign_share: float

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.benchmark.indicators if self.benchmark else ()

    def id(self, what: str, number: int = 0) -> uuid.UUID:
        """The same id for the same thing of the same seed."""
        return uuid.uuid5(NAMESPACE, f"{self.seed}/{what}/{number}")


def population_create(
    *,
    firms: int,
    seed: int,
    instrument: Instrument,
    campaign_share: float = 0.25,
    progress: Callable[[int], object] = lambda done: None,
) -> Written:
    """Writes everything in one transaction: all of it or nothing. PopulationRefused if the seed was used before."""
    plan = Plan(firms, seed, instrument, benchmark_for(instrument.code), campaign_share)
    with transaction.atomic():
        association = association_create(plan)
        campaign = campaign_create(plan, association) if campaign_share else None
        people = country(
            instrument, plan.indicators, firms, seed, industries=sorted(industries()), regions=sorted(regions())
        )
        submitted = 0
        for start in range(0, firms, AT_ONCE):
            submitted += batch_write(Batch(plan, people, start, min(start + AT_ONCE, firms)), campaign)
            progress(min(start + AT_ONCE, firms))
    return Written(firms, submitted, association, campaign)


def association_create(plan: Plan) -> Organisation:
    association, created = Organisation.objects.get_or_create(
        pk=plan.id("association"),
        defaults={
            "kind": Organisation.Kind.ASSOCIATION,
            "name": f"示范行业协会（{plan.seed}）",
            "name_en": f"Demonstration association ({plan.seed})",
        },
    )
    if not created:
        raise PopulationRefused
    return association


def campaign_create(plan: Plan, association: Organisation) -> Campaign:
    return Campaign.objects.create(
        pk=plan.id("campaign"),
        association=association,
        title="质量管理成熟度调查（示范）",
        title_en="Quality management maturity survey (demonstration)",
        instrument_code=plan.instrument.code,
        instrument_version=plan.instrument.version,
        instrument_hash=plan.instrument.content_hash,
        opens_on=BEGINS.date(),
        closes_on=date(2026, 12, 31),
        created_at=BEGINS,
    )


class Batch:
    """Firms ``start`` to ``stop`` of a population, row by row."""

    def __init__(self, plan: Plan, people: Country, start: int, stop: int) -> None:
        self.plan, self.numbers = plan, range(start, stop)
        self.random = random.Random(f"{plan.seed}/{start}")  # noqa: S311 - made-up firms, not secrets
        self.size = people.size[start:stop].tolist()
        self.industry = people.industry[start:stop].tolist()
        self.region = people.region[start:stop].tolist()
        self.answers = people.answers.rows(start, stop)
        self.listed = [self.random.random() < plan.campaign_share for _ in self.numbers]
        self.submitted = [not listed or self.random.random() < SUBMITTED for listed in self.listed]
        self.at = [BEGINS + timedelta(minutes=self.random.randrange(DAYS * 24 * 60)) for _ in self.numbers]

    def firms(self) -> list[Firm]:
        return [
            Firm(
                pk=self.plan.id("firm", number),
                name=f"{self._place(place)}{self._brand()}{TRADES.get(self.industry[place], '制造')}有限公司",
                credit_code=credit_code(self.plan.seed, number, self.region[place]),
                industry=self.industry[place],
                region=self.region[place],
                employees=self.random.randint(*STAFF[self.size[place]]),
                revenue=Decimal(self.random.randint(*REVENUE[self.size[place]])),
                size=self.size[place],
            )
            for place, number in enumerate(self.numbers)
        ]

    def _place(self, place: int) -> str:
        return regions()[self.region[place]].zh_hans.removesuffix("省").removesuffix("市")

    def _brand(self) -> str:
        return self.random.choice(FIRST) + self.random.choice(SECOND)


def batch_write(batch: Batch, campaign: Campaign | None) -> int:
    """Writes the batch's rows; how many firms have submitted."""
    plan = batch.plan
    firms = batch.firms()
    Firm.objects.bulk_create(firms)
    PoolConsent.objects.bulk_create(
        PoolConsent(firm=firm, given_at=at) for firm, at in zip(firms, batch.at, strict=True)
    )
    chosen = [place for place, submitted in enumerate(batch.submitted) if submitted]
    assessments = {
        place: Assessment(
            pk=plan.id("assessment", batch.numbers[place]),
            firm=firms[place],
            instrument_code=plan.instrument.code,
            instrument_version=plan.instrument.version,
            instrument_hash=plan.instrument.content_hash,
            status=Assessment.Status.SUBMITTED,
            started_at=batch.at[place],
            submitted_at=batch.at[place],
        )
        for place in chosen
    }
    Assessment.objects.bulk_create(assessments.values())
    Snapshot.objects.bulk_create(snapshots(batch, assessments, firms))
    Result.objects.bulk_create(results(batch, assessments))
    if campaign is not None:
        Target.objects.bulk_create(targets(batch, campaign, assessments, firms))
    return len(chosen)


def snapshots(batch: Batch, assessments: dict[int, Assessment], firms: Sequence[Firm]) -> Iterator[Snapshot]:
    answers = written_rows(batch.plan.instrument, batch.answers)
    for place, assessment in assessments.items():
        firm = firms[place]
        content = {
            "answers": answers[place],
            "reasons": {},
            "firm_name": firm.name,
            "firm_name_en": "",
            "size": firm.size,
            "industry": firm.industry,
            "region": firm.region,
        }
        yield Snapshot(assessment=assessment, content_hash=content_hash(content), **content)


def written_rows(instrument: Instrument, answers: AnswerTable) -> list[dict[str, str]]:
    """Each firm's answers as an answers file writes them, without the items that branching hides."""
    asked = with_branching(instrument, answers)
    rows: list[dict[str, str]] = [{} for _ in range(answers.size)]
    for item in sorted(instrument.items, key=lambda one: one.code):
        column = asked[item.code]
        numbers = [0.0] * answers.size if column.number is None else column.number.tolist()
        hidden = column.is_state(State.NOT_ASKED).tolist()
        known: dict[tuple[int, float], str] = {}
        for row, key in enumerate(zip(column.code.tolist(), numbers, strict=True)):
            if not hidden[row]:
                if key not in known:
                    known[key] = written_answer(item, *key)
                rows[row][item.code] = known[key]
    return rows


def results(batch: Batch, assessments: dict[int, Assessment]) -> Iterator[Result]:
    plan = batch.plan
    figures = list(figures_of_many(plan.instrument, plan.indicators, batch.answers, batch.size))
    for place, assessment in assessments.items():
        yield Result(
            assessment=assessment,
            engine_version=ENGINE_VERSION,
            benchmark_code=plan.benchmark.code if plan.benchmark else "",
            benchmark_version=plan.benchmark.version if plan.benchmark else "",
            benchmark_hash=plan.benchmark.content_hash if plan.benchmark else "",
            index=figures[place]["index"],
            level=figures[place]["level"] or "",
            figures=figures[place],
            scored_at=batch.at[place],
        )


def targets(
    batch: Batch, campaign: Campaign, assessments: dict[int, Assessment], firms: Sequence[Firm]
) -> Iterator[Target]:
    for place, firm in enumerate(firms):
        if batch.listed[place]:
            yield Target(
                pk=batch.plan.id("target", batch.numbers[place]),
                campaign=campaign,
                credit_code=firm.credit_code,
                name=firm.name,
                size=firm.size,
                industry=firm.industry,
                region=firm.region,
                invited_at=BEGINS,
                opened_at=batch.at[place] if batch.submitted[place] else None,
                firm=firm if batch.submitted[place] else None,
                assessment=assessments.get(place),
            )


def credit_code(seed: int, number: int, region: str) -> str:
    """A code in the shape of GB 32100-2015 with a sound check character, made of the seed and the number."""
    digits = ""
    rest = seed % 1000 * 10_000_000 + number
    for _ in range(8):
        rest, digit = divmod(rest, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    first = f"91{region}0000X{digits}"
    return first + check_character(first)

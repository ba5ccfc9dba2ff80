"""A believable report in both languages, with every trap a real one has: the cast of the builders' tests.

It is made by hand and has no engine behind it; the scores are right for the answers (level items 0, 25, 50, 75, 100).
"""

from dataclasses import replace

from reports.builders.language import Language
from reports.builders.model import (
    Dimension,
    Distribution,
    DistributionStep,
    Finding,
    Firm,
    Gate,
    Indicator,
    Instrument,
    Item,
    Level,
    NextStep,
    Op,
    Paragraph,
    Provenance,
    ReportModel,
    Source,
    State,
    Statistic,
    Status,
)
from reports.builders.published import published_text
from reports.builders.standing import standing_sentence
from tests.builders.sample_items import ITEMS, Row

RARE_NAME = "峯朤鱻（苏州）精密质體製造國際有限公司"

Both = tuple[str, str]
STATES: dict[str, State] = {"NA": "not_applicable", "DK": "dont_know", "DECLINE": "declined"}

DIMENSIONS: tuple[tuple[str, Both, Both], ...] = (
    (
        "RD",
        ("研发设计质量", "Design quality"),
        (
            "看企业在设计阶段用什么方法发现并预防质量问题。",
            "Which methods find and prevent quality problems in design.",
        ),
    ),
    (
        "PR",
        ("过程质量控制", "Process control"),
        (
            "看关键工序是否稳定、有能力，以及数据是否用于改进。",
            "Whether key processes are stable and capable, and whether their data lead to improvement.",
        ),
    ),
    (
        "DG",
        ("质量数字化", "Digital quality"),
        (
            "看质量数据如何采集、保存与使用。",
            "How quality data are collected, kept and used.",
        ),
    ),
    (
        "OR",
        ("组织与职责", "Organisation and duties"),
        (
            "看质量职责是否落实到人，质量部门是否有权。",
            "Whether duties are assigned and the quality department has authority.",
        ),
    ),
    (
        "SC",
        ("供应链与客户", "Suppliers and customers"),
        (
            "看质量管理是否延伸到供应商与客户。",
            "Whether quality management reaches suppliers and customers.",
        ),
    ),
    (
        "IM",
        ("改进与人员", "Improvement and people"),
        (
            "看改进是否持续，人员能力是否跟上。",
            "Whether improvement goes on and people’s skills keep up.",
        ),
    ),
)
LEVELS: tuple[tuple[str, Both, float, Both], ...] = (
    (
        "experience",
        ("经验级", "Experience"),
        0,
        (
            "靠个人经验和事后补救。",
            "Quality rests on experience and on mending afterwards.",
        ),
    ),
    (
        "inspection",
        ("检验级", "Inspection"),
        20,
        (
            "靠检验把关，质量主要是质量部门的事。",
            "Inspection keeps bad products in; quality is the quality department’s business.",
        ),
    ),
    (
        "assurance",
        ("保证级", "Assurance"),
        40,
        (
            "过程有标准、有监视，主要目标在生产环节，过程能力开始得到评价。",
            "Processes are standardised and monitored; goals lie mainly in production and capability is being "
            "assessed.",
        ),
    ),
    (
        "prevention",
        ("预防级", "Prevention"),
        60,
        (
            "质量在设计和过程中一并策划，用数据预防问题，与供应商协同。",
            "Quality is planned into design and process; data prevent problems and suppliers take part.",
        ),
    ),
    (
        "excellence",
        ("卓越级", "Excellence"),
        80,
        (
            "全员、全过程、全价值链追求卓越，质量成为竞争优势。",
            "Everybody, every process and the whole value chain strive for excellence; quality is a competitive edge.",
        ),
    ),
)
BLUE_BOOK = (
    Source(
        title="《中国制造业企业质量管理蓝皮书（2018）》",
        body="中国质量协会",
        year="2018",
        via="转引自张豪等《中国制造业产品质量提升策略研究》（2022），文献 [26]",
    ),
    Source(
        title="Blue Book on Quality Management of Chinese Manufacturing Enterprises (2018)",
        body="China Association for Quality",
        year="2018",
        via="Quoted through Zhang Hao et al., a study of strategies for product quality (2022), ref. [26]",
    ),
)
SME_SURVEY = (
    Source(title="中小企业质量管理信息化调查", year="2021", via="转引自张豪等（2022），文献 [27]"),
    Source(
        title="Survey of quality management informatisation in small and medium firms",
        year="2021",
        via="Quoted through Zhang Hao et al. (2022), ref. [27]",
    ),
)
CAQ = (
    Source(title="中国质量协会调查", body="中国质量协会", via="转引自张豪等（2022）"),
    Source(
        title="Survey by the China Association for Quality",
        body="China Association for Quality",
        via="Quoted through Zhang Hao et al. (2022)",
    ),
)
CMMM = (
    Source(title="《智能制造发展指数报告（2020）》", body="中国电子技术标准化研究院", year="2020"),
    Source(
        title="Smart manufacturing development index report (2020)",
        body="China Electronics Standardization Institute",
        year="2020",
    ),
)
SURVEYED: Both = (
    "2018 年蓝皮书被调查企业，样本量未公布",
    "Firms surveyed for the 2018 blue book; sample size not published",
)
SMES: Both = ("中小企业，样本量未公布", "Small and medium firms; sample size not published")
SMES_WITH_SYSTEM: Both = (
    "已建立系统的中小企业，样本量未公布",
    "Small and medium firms with a system; sample size not published",
)
CAQ_FIRMS: Both = (
    "中国质量协会被调查企业，年份与样本量未公布",
    "Firms surveyed by the association; year and size not published",
)

IndicatorRow = tuple[str, Both, Both, float, Op, bool | None, Both, tuple[Source, Source], Status, Both, str]
INDICATORS: tuple[IndicatorRow, ...] = (
    (
        "BB18-RD-NEW",
        ("持续导入研发质量新方法", "Continual import of new R&D quality methods"),
        ("能够持续导入新型研发质量管理方法", "Keep introducing new quality management methods into R&D"),
        0.196,
        "=",
        True,
        SURVEYED,
        BLUE_BOOK,
        "secondary",
        ("", ""),
        "",
    ),
    (
        "BB18-RD-TOOLS",
        ("研发中使用常见质量技术方法", "Common quality techniques used in R&D"),
        (
            "研发过程中使用 FTA、QFD、多因素方差分析等常见质量技术方法",
            "Use common techniques such as FTA, QFD or multi-factor ANOVA in R&D",
        ),
        0.5,
        "<",
        True,
        SURVEYED,
        BLUE_BOOK,
        "secondary",
        (
            "公布的是上限而非数值；原文未说明是任一方法还是每种方法。",
            "An upper bound, not a value; the source does not say whether it is for any method or for each.",
        ),
        "",
    ),
    (
        "BB18-SPC",
        ("用 SPC 等工具调整或改进过程", "SPC used to adjust or improve processes"),
        ("能够运用 SPC 等质量工具开展生产过程调整或改进", "Use SPC and similar tools to adjust or improve production"),
        0.16,
        "=",
        False,
        SURVEYED,
        BLUE_BOOK,
        "secondary",
        ("公布为整数，实际在 15.5% 至 16.5% 之间。", "Printed without decimals: 15.5% to 16.5%."),
        "",
    ),
    (
        "BB18-CPK",
        ("关键工序过程能力评价", "Key-process capability managed"),
        (
            "建立了关键工序过程能力评价和管理流程",
            "Have a process to evaluate and manage the capability of key processes",
        ),
        0.139,
        "=",
        True,
        SURVEYED,
        BLUE_BOOK,
        "secondary",
        ("", ""),
        "",
    ),
    (
        "BB18-AUTO80",
        ("质量数据自动采集 80% 以上", "80% or more of data collected automatically"),
        ("实现 80% 以上数据自动采集", "Collect more than 80% of data automatically"),
        0.084,
        "=",
        True,
        SURVEYED,
        BLUE_BOOK,
        "secondary",
        ("", ""),
        "",
    ),
    (
        "SME-QMIS",
        ("已建立质量管理信息系统", "Has a quality information system"),
        (
            "中小企业已建立质量管理信息化系统（公布值为 54.59% 尚未建立）",
            "Small and medium firms that have a quality information system (published: 54.59% have none)",
        ),
        0.4541,
        "=",
        True,
        SMES,
        SME_SURVEY,
        "secondary",
        ("", ""),
        "",
    ),
    (
        "SME-QMIS50",
        ("系统覆盖一半质量业务", "System covers half of the quality business"),
        (
            "已建立系统的中小企业中，系统能够覆盖一半质量业务",
            "Of the small and medium firms with a system, those whose system covers half of the quality business",
        ),
        0.1107,
        "=",
        False,
        SMES_WITH_SYSTEM,
        SME_SURVEY,
        "secondary",
        (
            "条件占比：只针对已建立系统的企业；占全部中小企业的 5.03%。",
            "A conditional share, of firms with a system only; it is 5.03% of all small and medium firms.",
        ),
        "",
    ),
    (
        "CAQ-QDEPT",
        ("质量部门组织并监督同级部门", "Quality department supervises its peers"),
        (
            "质量管理部门能够组织并监督其他同级部门落实质量要求",
            "The quality department organises and supervises its peers in meeting quality requirements",
        ),
        0.219,
        "=",
        None,
        CAQ_FIRMS,
        CAQ,
        "to_confirm",
        ("", ""),
        "not_applicable",
    ),
)
REASONS: dict[str, Both] = {"not_applicable": ("该题答为“不适用”。", "The question was answered “not applicable”.")}


def sample(language: Language = "zh-hans", *, firm_name: str = RARE_NAME) -> ReportModel:
    """The whole report: 36 items, 8 indicators, a level held back by a gate."""
    pick = 0 if language == "zh-hans" else 1
    dimensions = tuple(_dimension(code, title, intro, pick) for code, title, intro in DIMENSIONS)
    scores = [one.score for one in dimensions if one.score is not None]
    index = sum(scores) / len(scores)
    levels = tuple(
        Level(code=code, title=title[pick], number=place, start=start, meaning=meaning[pick])
        for place, (code, title, start, meaning) in enumerate(LEVELS, 1)
    )
    return ReportModel(
        language=language,
        firm=_firm(firm_name, pick),
        provenance=_provenance(pick),
        index=index,
        level=[level for level in levels if level.start <= index][-1],
        levels=levels,
        level_note=(
            "等级名称取自 2023 年制造业卓越质量政策文件；分数界限由本项目自行设定，不是官方评价。",
            "Level names follow the 2023 policy on excellent manufacturing quality; the cut-offs are this project’s "
            "own and "
            "no official evaluation.",
        )[pick],
        dimensions=dimensions,
        indicators=tuple(_indicator(row, language, pick) for row in INDICATORS),
        distributions=(_qmis(pick), _cmmm(pick)),
        statistics=_statistics(pick),
        strengths=_findings(dimensions, pick, strong=True),
        gaps=_findings(dimensions, pick, strong=False),
        next_steps=_steps(pick),
        next_level=levels[3].title,
        warnings=(
            (
                "填报了 Cpk，但测量系统分析只有第 2 级：过程能力结论可能受测量误差影响。",
                "Cpk is reported while measurement system analysis is at level 2: capability may be distorted by "
                "gauges.",
            )[pick],
        ),
        method=_method(pick),
    )


def held_back(model: ReportModel) -> ReportModel:
    """The same report with an index in the band above, and a gate that is not met."""
    text = (
        "关键工序过程能力评价达到第 4 级，且至少一项研发质量方法达到第 3 级。"
        if model.language == "zh-hans"
        else "Key-process capability at level 4, and at least one R&D quality method at level 3."
    )
    gate = Gate(level_title=model.levels[3].title, text=text)
    return replace(model, index=64.75, level=model.levels[2], gates=(gate,))


def bare(language: Language = "zh-hans") -> ReportModel:
    """The least a report can hold: nothing scored, nothing optional given."""
    whole = sample(language)
    empty = tuple(replace(part, score=None, items=(), intro="") for part in whole.dimensions)
    provenance = replace(whole.provenance, benchmark_code="", benchmark_version="", publisher="")
    return ReportModel(
        language=language,
        firm=Firm(name=whole.firm.name),
        provenance=provenance,
        index=None,
        level=None,
        levels=whole.levels,
        dimensions=empty,
    )


def _firm(name: str, pick: int) -> Firm:
    return Firm(
        name=name,
        english_name="Fengminglei (Suzhou) Precision Manufacturing International Co., Ltd.",
        industry=("C34 通用设备制造业", "C34 General equipment manufacturing")[pick],
        size=("中型企业", "Medium")[pick],
        region=("江苏省", "Jiangsu")[pick],
    )


def _provenance(pick: int) -> Provenance:
    return Provenance(
        report_id="R-20261124-7F3KQ2",
        submitted_on="2026-11-20",
        built_on="2026-11-24",
        instrument=Instrument(
            code="bluebook",
            title=("质量管理成熟度自评工具", "Quality management maturity instrument")[pick],
            version="1.0.0",
            hash="sha256:9c1f5be2f0a64f0e8c55b0c9c7d0a7a3f6f0f55d9f3f4a1f6c2a4f0b7d1e8a42",
        ),
        engine_version="1.0.0",
        benchmark_code="bluebook-figures",
        benchmark_version="1.0.0",
        publisher=("质量管理成熟度自评平台", "QMS Survey")[pick],
    )


def _dimension(code: str, title: Both, intro: Both, pick: int) -> Dimension:
    items = tuple(_item(row, pick) for row in ITEMS if row[0].startswith(code))
    scores = [item.score for item in items if item.score is not None]
    return Dimension(
        code=code,
        title=title[pick],
        intro=intro[pick],
        score=sum(scores) / len(scores),
        items=items,
        partly_declined=any(item.state == "declined" for item in items),
    )


def _item(row: Row, pick: int) -> Item:
    code, answer, title, anchor, advice = row
    level = int(answer) if answer.isdigit() else None
    kind = "level" if level else "share" if answer.endswith("%") else "yesno" if answer == "yes" else "level"
    return Item(
        code=code,
        title=title[pick],
        kind=kind,
        state=STATES.get(answer, "answered"),
        answer_text=_answer_text(answer, level, pick),
        score=_score(answer, level),
        level=level,
        anchor_text=anchor[pick],
        advice_text=advice[pick],
    )


def _answer_text(answer: str, level: int | None, pick: int) -> str:
    if level:
        return (f"第 {level} 级", f"Level {level}")[pick]
    return ("是", "Yes")[pick] if answer == "yes" else "" if answer in STATES else answer


def _score(answer: str, level: int | None) -> float | None:
    table = {"yes": 100.0, "DK": 0.0, "NA": None, "DECLINE": None, "85%": 81.25, "40%": 41.666666666666664}
    return (level - 1) * 25.0 if level else table[answer]


def _indicator(row: IndicatorRow, language: Language, pick: int) -> Indicator:
    code, title, statement, value, op, reached, population, source, status, note, reason = row
    why = REASONS[reason][pick] if reason else ""
    low, high = (1 - value, 1.0) if reached else (0.0, 1 - value)
    exact = reached is not None and op == "="
    return Indicator(
        id=code,
        title=title[pick],
        statement=statement[pick],
        published_text=published_text(value, op, language),
        value=value,
        op=op,
        reached=reached,
        rank_low=None if reached is None else low,
        rank_mid=(low + high) / 2 if exact else None,
        rank_high=None if reached is None else high,
        sentence=standing_sentence(reached, value, op, language, reason=why),
        reason=why,
        population=population[pick],
        source=source[pick],
        status=status,
        note=note[pick],
    )


def _qmis(pick: int) -> Distribution:
    steps = (
        ("尚未建立系统", "No system yet"),
        ("已建立，覆盖不到一半质量业务", "System covers less than half"),
        ("覆盖一半及以上质量业务", "System covers half or more"),
    )
    return Distribution(
        id="SME-QMIS-STEPS",
        title=("中小企业质量管理信息化程度", "Quality information systems in small and medium firms")[pick],
        steps=tuple(
            DistributionStep(title=title[pick], share=share)
            for title, share in zip(steps, (0.5459, 0.4038, 0.0503), strict=True)
        ),
        firm_step=1,
        sentence=(
            "贵企业处于中间一级，领先于约 54.59% 的中小企业。",
            "Your firm is at the middle step, ahead of about 54.59% of small and medium firms.",
        )[pick],
        population=SMES[pick],
        source=SME_SURVEY[pick],
        note=("由两个公布值推算得出。", "Derived from the two published values.")[pick],
    )


def _cmmm(pick: int) -> Distribution:
    steps = (
        ("一级及以下", "Level 1 or below"),
        ("二级", "Level 2"),
        ("三级", "Level 3"),
        ("四级及以上", "Level 4 or above"),
    )
    return Distribution(
        id="CMMM20",
        title=("智能制造能力成熟度（自诊断）", "Smart manufacturing maturity (self-assessed)")[pick],
        steps=tuple(
            DistributionStep(title=title[pick], share=share)
            for title, share in zip(steps, (0.75, 0.14, 0.06, 0.05), strict=True)
        ),
        population=("12,000 余家自诊断企业", "More than 12,000 self-assessed firms")[pick],
        source=CMMM[pick],
        status="secondary",
    )


def _statistics(pick: int) -> tuple[Statistic, ...]:
    source = (
        Source(title="制造业企业质量管理现状调查", body="中国质量协会", year="2013"),
        Source(
            title="Survey of quality management in manufacturing", body="China Association for Quality", year="2013"
        ),
    )[pick]
    population = ("7 个装备制造行业规模以上企业，954 家", "954 firms in 7 equipment-manufacturing industries")[pick]
    rows = (
        ("CAQ13-MATURITY", ("质量管理成熟度均值", "Mean maturity of quality management"), ("63.5 分", "63.5 points")),
        ("CAQ13-LOSS", ("质量损失率均值", "Mean quality-loss rate"), ("2.43%", "2.43%")),
    )
    return tuple(
        Statistic(id=code, title=title[pick], value_text=value[pick], population=population, source=source)
        for code, title, value in rows
    )


def _findings(dimensions: tuple[Dimension, ...], pick: int, *, strong: bool) -> tuple[Finding, ...]:
    """The five items with the highest, or the lowest, score."""
    scored = [(item, part) for part in dimensions for item in part.items if item.score is not None]
    ordered = sorted(scored, key=lambda pair: -pair[0].score if strong else pair[0].score)
    return tuple(
        Finding(
            code=item.code,
            title=item.title,
            dimension=part.title,
            score=item.score,
            answer_text=item.answer_text or ("不清楚", "Don’t know")[pick],
            text=item.anchor_text,
        )
        for item, part in ordered[:5]
    )


def _steps(pick: int) -> tuple[NextStep, ...]:
    rows = {row[0]: row for row in ITEMS}
    chosen = (
        ("PR-02", 3, ("13.9% 的被调查企业建立了评价流程", "13.9% of surveyed firms have such a procedure"), 51.0),
        ("PR-03", 2, ("", ""), 51.0),
        ("RD-02", 2, ("不足 50% 的被调查企业", "fewer than 50% of surveyed firms"), 51.0),
        ("SC-02", 2, ("", ""), 51.2),
    )
    return tuple(
        NextStep(
            code=code,
            title=rows[code][2][pick],
            from_level=(f"第 {level} 级", f"Level {level}")[pick],
            to_level=(f"第 {level + 1} 级", f"Level {level + 1}")[pick],
            advice=rows[code][4][pick],
            why=("预防级的门槛条件要求此项达到第 4 级。", "The gate of Prevention requires level 4 here.")[pick]
            if code == "PR-02"
            else "",
            practised_by=practised[pick],
            index_after=after,
        )
        for code, level, practised, after in chosen
    )


def _method(pick: int) -> tuple[Paragraph, ...]:
    rows = (
        (
            ("计分方法", "Scoring"),
            (
                "等级题 1 至 5 级分别计 0、25、50、75、100 分；占比题按工具给出的折点线性插值。"
                "维度得分是题目得分的加权平均，"
                "指数是维度得分的加权平均。先判定等级，最后才取一位小数显示。",
                "Level items 1 to 5 score 0, 25, 50, 75 and 100; share items are interpolated between the points the "
                "instrument "
                "gives. A dimension is the weighted mean of its items, the index that of its dimensions. Rounding to "
                "one decimal "
                "comes last, after the level is found.",
            ),
        ),
        (
            ("与公布占比对照", "Placing against published shares"),
            (
                "公布占比 q 把企业分成两部分：达到的企业位于 1−q 到 1 之间，中位秩为 1−q/2；未达到的位于 0 到 1−q "
                "之间。"
                "公布值是上限或下限时不给出中位秩。",
                "A published share q divides firms in two: those that meet it rank between 1−q and 1, mid-rank "
                "1−q/2; the others "
                "between 0 and 1−q. Where only a bound was published there is no mid-rank.",
            ),
        ),
    )
    return tuple(Paragraph(title=title[pick], text=text[pick]) for title, text in rows)

"""Headings, labels and sentences of the report itself."""

DOCUMENT: dict[str, tuple[str, str]] = {
    # Cover and running lines
    "report_title": ("质量管理成熟度自评报告", "Quality Management Maturity Self-Assessment Report"),
    "report_short": ("自评报告", "Self-assessment report"),
    "document_title": ("质量管理成熟度自评报告：{firm}", "Quality Management Maturity Self-Assessment Report: {firm}"),
    "document_description": (
        "{firm}的质量管理成熟度自评报告，{date}编制。",
        "Quality management maturity self-assessment of {firm}, built on {date}.",
    ),
    "self_assessed": (
        "本报告依据企业自评答案生成，未经第三方核验。",
        "This report rests on the firm’s own answers, which no third party has verified.",
    ),
    "industry": ("行业", "Industry"),
    "size": ("企业规模", "Size"),
    "region": ("所在地区", "Region"),
    "submitted_on": ("提交日期", "Submitted"),
    "built_on": ("报告日期", "Report date"),
    "report_id": ("报告编号", "Report no."),
    "instrument": ("评价工具", "Instrument"),
    "page_of": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "contents": ("目录与阅读说明", "Contents and how to read"),
    "none_given": ("未填写", "not given"),
    # Summary
    "summary": ("一页总览", "Summary on one page"),
    "index": ("成熟度指数", "Maturity index"),
    "level": ("成熟度等级", "Maturity level"),
    "out_of": ("满分 {top}", "out of {top}"),
    "headline_level": ("指数 {index}，处于{level}。", "Index {index}: your firm is at the level {level}."),
    "headline_distance": (
        "指数 {index}，处于{level}；距{next}还差 {points} 分。",
        "Index {index}: your firm is at the level {level}, {points} points below {next}.",
    ),
    "headline_held": (
        "指数 {index} 已进入{reached}区间，因门槛条件未满足，评定为{level}。",
        "Index {index} lies in the band of {reached}, but a gate that is not yet met holds the level at {level}.",
    ),
    "headline_only_level": ("评定为{level}。", "Your firm is at the level {level}."),
    "headline_only_index": ("指数 {index}，等级尚无法评定。", "Index {index}; the level could not be assessed yet."),
    "headline_none": ("尚无法评定指数与等级。", "Neither index nor level could be assessed yet."),
    "gates": ("门槛条件", "Gates"),
    "gate_row": ("{level}要求：{text}", "{level} requires: {text}"),
    "dimension_scores": ("各维度得分", "Scores by dimension"),
    "strengths": ("优势", "Strengths"),
    "gaps": ("差距", "Gaps"),
    "next_steps": ("下一步", "What next"),
    "no_strengths": ("暂无突出优势。", "No item stands out yet."),
    "no_gaps": ("暂无明显差距。", "No item lags behind."),
    "no_next_steps": ("暂无建议步骤。", "There is no further step to suggest."),
    "published_practices": ("与公布占比对照", "Against published shares"),
    "reached_of": (
        "可对照的 {placed} 项公布做法中，贵企业达到 {reached} 项。",
        "Of {placed} published practices that apply, your firm meets {reached}.",
    ),
    "no_placed": ("没有可对照的公布占比。", "No published share applies to your firm."),
    # How to read
    "how_to_read": ("如何阅读本报告", "How to read this report"),
    "read_index_title": ("指数与等级", "Index and level"),
    "read_index": (
        "每题得分为 0 至 100，按权重汇总为维度得分，再汇总为指数。指数落入哪个区间，就初步对应哪个等级；"
        "较高的等级还须满足门槛条件，未满足时等级下调，指数不变。",
        "Every item scores from 0 to 100; weighted means give the dimensions and then the index. The band in which the "
        "index lies gives a level. Higher levels have gates besides: a gate that is not met lowers the level and "
        "leaves the index as it is.",
    ),
    "read_none_title": ("未评定不等于零分", "Not assessed is not zero"),
    "read_none": (
        "“不适用”“不愿回答”和无需作答的题目不计入得分，其余题目按原权重重新分配；"
        "“不清楚”按最低一级计分。某一维度全部不计分时，显示为“未评定”。",
        "“Not applicable”, “prefer not to say” and questions not asked leave the score, and the weights of the rest "
        "are renormalised; “don’t know” scores as the lowest level. A dimension with nothing to score is shown as "
        "“not assessed”.",
    ),
    "read_share_title": ("公布占比是区间，不是名次", "A published share is an interval, not a rank"),
    "read_share": (
        "若公布有 16% 的企业做到某事，做到的企业位于领先的 16%，未做到的属于其余 84%。"
        "区间之内的具体名次无从得知，因此图中标出的是整段区间。",
        "If 16% of firms are reported to do something, a firm that does it stands among the leading 16%, one that does "
        "not among the other 84%. Where within, nobody can tell; so the charts mark the whole interval.",
    ),
    # Dimensions
    "dimensions": ("维度与逐题结果", "Dimensions and items"),
    "dimension": ("维度", "Dimension"),
    "score": ("得分", "Score"),
    "weight": ("权重", "Weight"),
    "answered": ("已答", "Answered"),
    "not_applicable": ("不适用", "Not applicable"),
    "dont_know": ("不清楚", "Don’t know"),
    "declined": ("不愿回答", "Declined"),
    "not_asked": ("无需作答", "Not asked"),
    "unanswered": ("未作答", "Not answered"),
    "partly_declined": ("部分题目未作答（不愿回答）", "Some answers were declined"),
    "overall": ("总体", "Overall"),
    "item": ("题目", "Item"),
    "today": ("现状", "Today"),
    "go_on": ("如何再进一步", "How to go on"),
    "level_of": ("第 {level} 级，共 {levels} 级", "Level {level} of {levels}"),
    "top_reached": ("已达最高一级，保持并定期复核。", "Top level reached: keep it up and review it regularly."),
    "trend": ("历次指数", "Index over time"),
    # Benchmarks
    "benchmarks": ("与公布数据对照", "Published figures"),
    "benchmarks_intro": (
        "以下占比均来自公开发表的调查，来源与口径逐条列出。"
        "各调查的对象、年份和题目不同，数字之间不宜相互比较；企业一方同为自评。",
        "All shares below come from published surveys; source and population stand beside each. The surveys differ in "
        "whom, when and what they asked, so the figures should not be compared with one another. Like the surveys, "
        "your answers are self-reported.",
    ),
    "practice": ("公布的做法", "Published practice"),
    "published": ("公布值", "Published"),
    "your_place": ("贵企业所处位置", "Where your firm stands"),
    "population_and_source": ("调查对象与来源", "Population and source"),
    "population": ("调查对象：{text}", "Population: {text}"),
    "source": ("来源 [{number}]：{text}（{status}）", "Source [{number}]: {text} ({status})"),
    "note": ("说明：{text}", "Note: {text}"),
    "status_primary": ("一手来源", "primary source"),
    "status_secondary": ("二手来源", "secondary source"),
    "status_to_confirm": ("待核实", "to be confirmed"),
    "sources": ("来源", "Sources"),
    "distributions": ("公布的完整分布", "Whole published distributions"),
    "statistics": ("背景数据", "Figures for context"),
    "figure": ("指标", "Figure"),
    "value": ("数值", "Value"),
    "remark": ("说明", "Remark"),
    # Gaps and steps
    "strengths_and_gaps": ("优势与差距", "Strengths and gaps"),
    "meaning": ("含义", "What it means"),
    "roadmap": ("下一步做什么", "What to do next"),
    "roadmap_goal": (
        "要达到{level}，以下步骤改动最少。每一步只提高一级。",
        "The shortest way to {level}. Each step raises one item by one level.",
    ),
    "roadmap_intro": (
        "以下步骤对指数贡献最大。每一步只提高一级。",
        "The steps that raise the index most. Each raises one item by one level.",
    ),
    "from_to": ("{start} → {end}", "{start} → {end}"),
    "today_is": ("现状：{text}", "Today: {text}"),
    "then_is": ("目标：{text}", "Then: {text}"),
    "why": ("理由：{text}", "Why: {text}"),
    "practised_by": ("已做到的企业：{text}", "Firms that do it: {text}"),
    "index_after": ("单独完成后指数：{index}", "Index after this step alone: {index}"),
    # Independent answers
    "differing": ("各方看法的差异", "Where views differ"),
    "differing_lead": (
        "以下题目由不同岗位各自独立作答，答案不一致。差异越大，越值得一起核对证据。",
        "These items were answered independently in several roles, and not alike. The further apart, the more it pays "
        "to look at the evidence together.",
    ),
    "voices": ("各自的答案", "Answers given alone"),
    "agreed": ("商定的答案", "Answer agreed on"),
    # Derivations
    "derivations": ("得分的由来", "How the scores came about"),
    "derivations_lead": (
        "各表中“贡献”一列之和即为该得分，可据此逐项核对。",
        "In each table the contributions add up to the score, so that every figure can be checked.",
    ),
    "term": ("组成部分", "Part"),
    "term_answer": ("答案", "Answer"),
    "term_share": ("权重", "Weight"),
    "term_adds": ("贡献", "Adds"),
    # Method
    "method": ("方法与出处", "Method and provenance"),
    "levels": ("等级划分", "Levels"),
    "from_index": ("指数起点", "From index"),
    "level_meaning": ("含义", "Meaning"),
    "response_quality": ("作答质量提示", "Quality of the answers"),
    "warnings_noted": (
        "作答质量提示 {count} 条，见“方法与出处”。",
        "Notes on the quality of the answers: {count}. See “Method and provenance”.",
    ),
    "no_warnings": ("未发现前后矛盾的答案。", "No inconsistent answers were found."),
    "provenance": ("版本与出处", "Versions and provenance"),
    "instrument_version": ("评价工具及版本", "Instrument and version"),
    "instrument_hash": ("工具内容校验值", "Content hash of the instrument"),
    "engine_version": ("计分引擎版本", "Scoring engine version"),
    "benchmark_version": ("公布数据及版本", "Published figures and version"),
    "titled_code": ("{title}（{code}，{version} 版）", "{title} ({code}, version {version})"),
    "code_version": ("{code}，{version} 版", "{code}, version {version}"),
    "replaced_title": ("字符替换说明", "Replaced characters"),
    "replaced": (
        "以下字符不在本报告所用字体中，已用“〓”代替：{codes}。",
        "These characters are not in the fonts of this report and were replaced by “〓”: {codes}.",
    ),
}

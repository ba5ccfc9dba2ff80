"""Words inside the charts of measured values, their text alternatives, and the report's section on evidence."""

MEASUREMENTS: dict[str, tuple[str, str]] = {
    "lsl_short": ("规格下限 {value}", "LSL {value}"),
    "usl_short": ("规格上限 {value}", "USL {value}"),
    "target_short": ("目标值 {value}", "Target {value}"),
    "histogram_says": (
        "直方图：{n} 个测量值，最小 {low}，最大 {high}。",
        "Histogram of {n} measured values, from {low} to {high}.",
    ),
    "histogram_limits": ("标出{limits}。", "Marked: {limits}."),
    "histogram_outside": ("超出规格限的有 {count} 个。", "Beyond the limits: {count}."),
    "histogram_legend_values": ("测量值（频数）", "Measured values (count)"),
    "histogram_legend_curve": ("拟合曲线", "Fitted curve"),
    "histogram_legend_limit": ("规格限", "Specification limits"),
    "histogram_legend_target": ("目标值", "Target"),
    "control_says": (
        "控制图：{n} 个点，中心线 {centre}，控制限 {lower} 至 {upper}。",
        "Control chart of {n} points: centre {centre}, limits {lower} to {upper}.",
    ),
    "control_varying": ("控制限随各点样本量变化，此处为最后一点的数值。", "The limits vary; those of the last point."),
    "control_signals": ("有信号的点：{signals}。", "Points with signals: {signals}."),
    "control_no_signal": ("没有信号。", "No signal."),
    "control_point": ("第 {point} 点（{rules}）", "point {point} ({rules})"),
    "control_more": ("另有 {count} 点", "{count} more"),
    "control_legend_point": ("测量点", "Point"),
    "control_legend_signal": ("有信号的点（标注规则）", "Point with a signal (rule beside it)"),
    "control_legend_limit": ("控制限", "Control limits"),
    "ucl_short": ("UCL {value}", "UCL {value}"),
    "cl_short": ("CL {value}", "CL {value}"),
    "lcl_short": ("LCL {value}", "LCL {value}"),
    "probability_says": (
        "正态概率图：{n} 个测量值。各点越贴近直线，越接近正态分布。",
        "Normal probability plot of {n} values. The closer the points lie to the line, the closer to normal.",
    ),
    "probability_far": (
        "离直线最远的一点偏离 {distance} 个标准差。",
        "The point farthest from the line lies {distance} standard deviations off.",
    ),
    "probability_legend_point": ("测量值", "Measured value"),
    "probability_legend_line": ("正态分布", "Normal distribution"),
    "control_beyond": ("超限", "limit"),
    "control_thinned": (
        "共 {n} 个点，图上绘出 {drawn} 个：按次序分为 {stretches} 段，取每段的最低点、最高点和第一个信号点。"
        "各项数值均按全部点计算。",
        "Of {n} points {drawn} are drawn: the lowest, the highest and the first signal of each of {stretches} "
        "stretches. All figures rest on every point.",
    ),
    "probability_thinned": (
        "共 {n} 个测量值，图上绘出 {drawn} 个：两端各 {ends} 个全部绘出，其间按秩次均匀选取。"
        "各项数值均按全部测量值计算。",
        "Of {n} values {drawn} are drawn: the {ends} at either end, and between them values evenly spaced by rank. "
        "All figures rest on every value.",
    ),
    "measured_histogram": ("直方图与规格限", "Histogram with specification limits"),
    "measured_probability": ("正态概率图", "Normal probability plot"),
    "measured_gauge": ("量具研究：各变差来源的占比", "Gauge study: shares of the sources of variation"),
    "measured_i": ("单值控制图", "Control chart of individual values"),
    "measured_mr": ("移动极差控制图", "Control chart of moving ranges"),
    "measured_xbar": ("子组均值控制图", "Control chart of subgroup means"),
    "measured_r": ("子组极差控制图", "Control chart of subgroup ranges"),
    "measured_s": ("子组标准差控制图", "Control chart of subgroup standard deviations"),
    "measured_p": ("p 控制图：不合格品率", "p chart: share of nonconforming items"),
    "measured_np": ("np 控制图：不合格品数", "np chart: number of nonconforming items"),
    "measured_c": ("c 控制图：不合格数", "c chart: number of nonconformities"),
    "measured_u": ("u 控制图：单位不合格数", "u chart: nonconformities for each unit"),
    "measured_charts": ("测量数据图表", "Charts of the measured data"),
    "measured_lead": (
        "以下图表由企业提交的测量数据绘制，仅供本企业人员，以及经企业授权可查看证据的人员阅读。"
        "每道题展示决定其结论的那一项计算。",
        "These charts are drawn from the data that the firm measured. They are for the firm's own people, and for "
        "those whom the firm lets see its evidence. For each item they show the computation that decides its verdict.",
    ),
    "measured_heading": ("{code} {title}", "{code} {title}"),
    "measured_source": ("特性：{name}", "Characteristic: {name}"),
    "gauge_says": (
        "量具研究：{parts} 个零件 × {appraisers} 名测量人 × {trials} 次重复。{sources}。",
        "Gauge study of {parts} parts, {appraisers} appraisers and {trials} trials. {sources}.",
    ),
    "gauge_source": (
        "{name}占方差 {contribution}%，占研究变差 {study}%",
        "{name}: {contribution}% of variance, {study}% of study variation",
    ),
    "gauge_source_tolerance": (
        "{name}占方差 {contribution}%，占研究变差 {study}%，占公差 {tolerance}%",
        "{name}: {contribution}% of variance, {study}% of study variation, {tolerance}% of tolerance",
    ),
    "gauge_separator": ("；", "; "),
    "gauge_GRR": ("量具（GRR）", "Gauge (GRR)"),
    "gauge_EV": ("重复性（EV）", "Repeatability (EV)"),
    "gauge_AV": ("再现性（AV）", "Appraisers (AV)"),
    "gauge_INT": ("交互作用（INT）", "Interaction (INT)"),
    "gauge_PV": ("零件间（PV）", "Parts (PV)"),
    "gauge_legend_contribution": ("占方差 %", "% of variance"),
    "gauge_legend_study": ("占研究变差 %", "% of study variation"),
    "gauge_legend_tolerance": ("占公差 %", "% of tolerance"),
    "gauge_legend_cut": ("超过 100%，条形截断", "Beyond 100%, the bar is cut short"),
    "gauge_legend_bounds": ("GRR 判定界限 10% 和 30%", "Bounds for GRR: 10% and 30%"),
}

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
}

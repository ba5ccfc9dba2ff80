"""A small instrument that uses every kind, every rule and every kind of predicate, free of faults."""

RICH = """\
format: 1
code: rich
version: "1.0.0"
status: published
title: {zh-hans: 全规则问卷, en: Every rule}
summary: {zh-hans: 用到全部规则的小问卷。, en: A small questionnaire that uses every rule.}
licence: CC-BY-4.0
minutes: 3
source: {zh-hans: 自拟。, en: Our own.}
dimensions:
  - code: PR
    title: {zh-hans: 过程, en: Process}
    intro: {zh-hans: 过程怎样受控。, en: How the process is controlled.}
    weight: 2
    items:
      - code: PR-01
        kind: level
        weight: 1.5
        title: {zh-hans: 监控, en: Monitoring}
        stem: {zh-hans: 怎样监控？, en: How is it watched?}
        help: {zh-hans: 看过去12个月。, en: Look at the past 12 months.}
        na: {zh-hans: 没有生产时。, en: Without production.}
        options:
          - {value: 1, label: {zh-hans: 不监控, en: Not at all}}
          - {value: 2, label: {zh-hans: 巡检, en: Patrols}}
          - {value: 3, label: {zh-hans: 记录, en: Records}}
          - {value: 4, label: {zh-hans: 控制图, en: Charts}}
          - {value: 5, label: {zh-hans: 持续缩小波动, en: Variation falls}}
        evidence:
          sufficient: {zh-hans: 控制图, en: Charts with dates}
          insufficient: {zh-hans: 空白表格, en: Blank forms}
        advice:
          2: {zh-hans: 先巡检。, en: Begin with patrols.}
          4: {zh-hans: 画控制图。, en: Draw charts.}
      - code: PR-02
        kind: choice
        title: {zh-hans: 满足程度, en: Fulfilment}
        stem: {zh-hans: 满足到什么程度？, en: How far is it met?}
        options:
          - {value: none, label: {zh-hans: 无, en: Not}}
          - {value: part, label: {zh-hans: 部分, en: Partly}}
          - {value: full, label: {zh-hans: 全部, en: Fully}}
      - code: PR-03
        kind: multi
        required: false
        title: {zh-hans: 工具, en: Tools}
        stem: {zh-hans: 用哪些工具？, en: Which tools are used?}
        options:
          - {value: spc, label: {zh-hans: 控制图, en: Charts}}
          - {value: fmea, label: {zh-hans: 失效分析, en: Failure analysis}}
          - {value: none, label: {zh-hans: 以上都没有, en: None of these}}
        score: {rule: map, table: {spc: 60, fmea: 40, none: 0}}
      - code: PR-04
        kind: yesno
        title: {zh-hans: 系统, en: System}
        stem: {zh-hans: 有质量信息系统吗？, en: Is there a quality information system?}
        options:
          - {value: "yes", label: {zh-hans: 有, en: There is}}
          - {value: "no", label: {zh-hans: 没有, en: There is none}}
      - code: PR-05
        kind: share
        title: {zh-hans: 覆盖率, en: Coverage}
        stem: {zh-hans: 覆盖多少？, en: How much does it cover?}
        ask_when: {item: PR-04, is: "yes"}
        score: {rule: piecewise, points: [[0, 0], [50, 60], [100, 100]]}
      - code: PR-06
        kind: number
        title: {zh-hans: 最低Ppk, en: Lowest Ppk}
        stem: {zh-hans: 最低的Ppk是多少？, en: What is the lowest Ppk?}
        range: {min: 0, max: 5}
        ask_when:
          any:
            - {item: PR-01, at_most: 3}
            - all: [{item: PR-03, includes: spc}, {not: {item: PR-02, is: none}}]
        score: {rule: piecewise, points: [[0, 0], [1.33, 80], [2, 100]]}
  - code: ST
    title: {zh-hans: 阶梯, en: Stairs}
    items:
      - code: ST-01
        kind: multi
        title: {zh-hans: 要素, en: Element}
        stem: {zh-hans: 做到哪些？, en: Which are done?}
        options:
          - {value: 1a, label: {zh-hans: 一级, en: First}}
          - {value: 2a, label: {zh-hans: 二级, en: Second}}
          - {value: none, label: {zh-hans: 都没有, en: None}}
      - code: ST-02
        kind: share
        title: {zh-hans: 百分数, en: Percentage}
        stem: {zh-hans: 落在哪一档？, en: In which band does it lie?}
        score:
          rule: percent_band
          step: 5
          bands:
            - {from: 0, to: 5, title: {zh-hans: 无, en: None}, meaning: {zh-hans: 没有。, en: There is none.}}
            - {from: 10, to: 100, title: {zh-hans: 有, en: Some}, meaning: {zh-hans: 有。, en: There is some.}}
scoring:
  item_scales:
    level: {rule: map, table: {1: 0, 2: 25, 3: 50, 4: 75, 5: 100}}
    choice: {rule: map, table: {none: 0, part: 50, full: 100}}
    yesno: {rule: map, table: {"yes": 100, "no": 0}}
  nodes:
    - {id: PR, rule: wmean, of: items}
    - {id: ST-01-LEVEL, rule: staircase, levels: [{level: 1, value: 50, met: [{item: ST-01, includes: 1a}]},
       {level: 2, value: 100, met: [{item: ST-01, includes: 2a}]}]}
    - {id: ST, rule: min, of: [ST-01-LEVEL, ST-02]}
    - {id: credited, rule: cap, of: PR, by: ST}
    - {id: total, rule: points, of: [{node: PR, points: 600}, {node: ST, points: 400}]}
    - {id: sum, rule: level_sum, of: [PR, ST], pass_at: 0.8, require_lower: true}
    - {id: rating, rule: piecewise, of: PR, points: [[0, 0], [100, 5]]}
    - {id: certificate, rule: all_pass, targets: [{level: middle, require: [{item: PR-01, at_least: 2}]},
       {level: high, require: [{item: PR-01, at_least: 4}, {node: ST, at_least: 50}]}]}
    - {id: index, rule: wmean, of: [credited, PR], weights: {credited: 3, PR: 1}, min_rated: 1}
  levels:
    node: index
    bands:
      - {code: low, from: 0, title: {zh-hans: 低, en: Low}, meaning: {zh-hans: 不足40。, en: Below 40.}}
      - {code: middle, from: 40, title: {zh-hans: 中, en: Middle}, meaning: {zh-hans: 40至70。, en: 40 to 70.}}
      - {code: high, from: 70, title: {zh-hans: 高, en: High}, meaning: {zh-hans: 70及以上。, en: 70 or more.}}
    note: {zh-hans: 界限为自拟。, en: The limits are our own.}
  gates:
    - id: high-charts
      level: high
      downgrade_to: low
      require: {all: [{item: PR-01, at_least: 4}, {node: ST, at_least: 60}]}
      text: {zh-hans: 须用控制图。, en: Charts are needed.}
checks:
  - id: tools-without-charts
    when: {all: [{item: PR-03, includes: spc}, {item: PR-01, at_most: 2}]}
    text: {zh-hans: 请核对。, en: Please check both answers.}
"""


def edited(old: str, new: str, text: str = RICH) -> str:
    """The sample with one passage exchanged; the passage must stand there exactly once."""
    assert text.count(old) == 1, (old, text.count(old))
    return text.replace(old, new)


def line_of(text: str, passage: str) -> int:
    return text.count("\n", 0, text.index(passage)) + 1

"""The items of the sample report: code, what was answered, then title, anchor and advice in both languages.

The answer is a level 1 to 5, ``yes``, a percentage, or one of the four kinds of no answer.
"""

Row = tuple[str, str, tuple[str, str], tuple[str, str], tuple[str, str]]

ITEMS: tuple[Row, ...] = (
    (
        "RD-01",
        "3",
        ("故障树分析（FTA）", "Fault tree analysis (FTA)"),
        (
            "近两年的重点新产品在设计阶段做过故障树分析，分析结果进入设计评审，并有跟踪记录。",
            "Key new products of the last two years went through fault tree analysis in design; results reached the "
            "design review and were tracked.",
        ),
        (
            "把故障树分析写入设计流程，规定哪些产品必须做；把售后失效数据回填到故障树，定量估计顶事件概率。",
            "Make fault tree analysis part of the design process, say which products need it, and feed field failures "
            "back so that the top event gets a probability.",
        ),
    ),
    (
        "RD-02",
        "2",
        ("质量功能展开（QFD）", "Quality function deployment (QFD)"),
        (
            "个别项目尝试过质量屋，由少数工程师完成，结果没有用于确定设计参数。",
            "A house of quality was tried in single projects by a few engineers; it did not set design parameters.",
        ),
        (
            "选一个在研新产品，由市场、研发、工艺和质量共同完成质量屋，并用它确定关键质量特性清单。",
            "Pick one new product, let marketing, design, process and quality build the house together, and derive the "
            "list of critical characteristics from it.",
        ),
    ),
    (
        "RD-03",
        "2",
        ("多因素方差分析与试验设计", "Multi-factor ANOVA and DOE"),
        (
            "做过单因素对比试验，结论凭经验判断，没有方差分析。",
            "Single-factor trials were run; conclusions rest on experience, without analysis of variance.",
        ),
        (
            "在一个关键工序上做一次正交或析因试验，用方差分析确定显著因素，并用验证试验确认。",
            "Run one orthogonal or factorial experiment on a key process, find the significant factors by analysis of "
            "variance, and confirm them in a verification run.",
        ),
    ),
    (
        "RD-04",
        "4",
        ("失效模式与影响分析（FMEA）", "Failure mode and effects analysis"),
        (
            "设计与过程 FMEA 覆盖全部新产品，跨部门完成，措施有责任人和期限，变更时及时更新。",
            "Design and process FMEA cover all new products, are made across departments, and are updated on changes.",
        ),
        (
            "把 FMEA 做成可复用的知识库，新项目从同类产品的既有失效开始，并用售后数据校正评分。",
            "Turn FMEAs into a reusable base: start from the known failures of similar products and correct the "
            "ratings with field data.",
        ),
    ),
    (
        "RD-05",
        "4",
        ("研发质量新方法导入", "Import of new R&D quality methods"),
        (
            "每年评估并导入至少一种新的研发质量方法，有试点、有总结、有推广计划。",
            "At least one new R&D quality method a year is assessed and introduced, with a pilot, a review and a "
            "roll-out plan.",
        ),
        (
            "对已导入方法的效果做量化评价，淘汰无效方法，并与高校或客户共同开发新方法。",
            "Measure what introduced methods achieve, drop those that do not work, and develop new ones with "
            "universities or customers.",
        ),
    ),
    (
        "RD-06",
        "3",
        ("设计评审与验证", "Design review and verification"),
        (
            "各阶段设计评审有固定清单，问题关闭后方可进入下一阶段。",
            "Design reviews follow a fixed checklist at every stage; the next stage opens once issues are closed.",
        ),
        (
            "为评审设定量化的放行准则，统计评审漏掉的问题，每半年据此修订清单。",
            "Set numeric release criteria, count what reviews missed, and revise the checklist from that every half "
            "year.",
        ),
    ),
    (
        "RD-07",
        "2",
        ("可靠性设计与试验", "Reliability design and testing"),
        (
            "按客户要求做可靠性试验，没有自己的可靠性指标。",
            "Reliability tests are run where customers ask; there are no reliability targets of our own.",
        ),
        (
            "为主导产品设定可靠性指标并分解到部件，开展加速寿命试验。",
            "Set reliability targets for the leading product, break them down to parts, and run accelerated life "
            "tests.",
        ),
    ),
    (
        "PR-01",
        "3",
        ("SPC 用于过程调整或改进", "SPC to adjust or improve processes"),
        (
            "关键工序使用控制图监视，出现失控信号时有处置记录，但很少据此调整过程参数。",
            "Key processes are watched with control charts and signals are acted upon, but parameters are rarely "
            "adjusted from them.",
        ),
        (
            "规定失控后的调整步骤和权限，每月用控制图数据选出一项过程改进，并验证改进前后的差异。",
            "Lay down who adjusts what after a signal, choose one improvement a month from chart data, and verify the "
            "difference before and after.",
        ),
    ),
    (
        "PR-02",
        "3",
        ("关键工序过程能力评价", "Key-process capability"),
        (
            "建立了关键工序清单与过程能力评价流程，按计划计算 Cp、Cpk，结果用于工序放行。",
            "A list of key processes and a capability procedure exist; Cp and Cpk are computed as planned and used for "
            "release.",
        ),
        (
            "计算前先确认测量系统和过程稳定性；为每个关键特性规定能力目标，低于目标时自动触发改进。",
            "Confirm measurement system and stability first; set a capability target for every key characteristic and "
            "start improvement whenever it is missed.",
        ),
    ),
    (
        "PR-03",
        "2",
        ("测量系统分析（MSA）", "Measurement system analysis"),
        (
            "量具按期校准，偶尔应客户要求做过重复性与再现性分析。",
            "Gauges are calibrated on time; repeatability and reproducibility studies were made only when customers "
            "asked.",
        ),
        (
            "对关键特性的量具逐一做重复性与再现性分析，不合格的量具停用或改进。",
            "Study repeatability and reproducibility of every gauge for key characteristics; stop or improve those "
            "that fail.",
        ),
    ),
    (
        "PR-04",
        "4",
        ("作业标准与工艺纪律", "Work standards and discipline"),
        (
            "作业标准由班组参与编写，每日分层审核，偏差当班纠正。",
            "Work standards are written with the teams, audited daily in layers, and deviations corrected within the "
            "shift.",
        ),
        (
            "用审核数据找出反复偏差的标准，改标准或改工装，而不是只教育员工。",
            "Find the standards that are broken again and again, and change the standard or the tooling instead of "
            "training people once more.",
        ),
    ),
    (
        "PR-05",
        "3",
        ("防错与过程预防", "Error-proofing and prevention"),
        (
            "主要装配工序有防错装置，装置失效时有检查办法。",
            "Main assembly steps have error-proofing devices, with a check in case a device fails.",
        ),
        (
            "建立防错清单并逐班点检；新工序从设计阶段就考虑防错。",
            "Keep a list of devices and check them every shift; design error-proofing into new processes.",
        ),
    ),
    (
        "PR-06",
        "DK",
        ("设备综合维护", "Total equipment maintenance"),
        ("", ""),
        (
            "统计关键设备的故障间隔，建立预防性维护计划。",
            "Record the time between failures of key equipment and set up a preventive plan.",
        ),
    ),
    (
        "PR-07",
        "4",
        ("检验与放行", "Inspection and release"),
        (
            "检验计划依据风险确定，结果与过程数据关联，用于减少检验。",
            "Inspection plans follow risk; results are tied to process data and used to reduce inspection.",
        ),
        (
            "对能力稳定的特性转为审核式检验，把省下的人力用于过程改进。",
            "Move stable characteristics to audit inspection and use the people freed for process improvement.",
        ),
    ),
    (
        "DG-01",
        "85%",
        ("质量数据自动采集比例", "Quality data collected automatically"),
        (
            "关键工序的大部分质量数据由设备或仪器直接采集。",
            "Most quality data of key processes come straight from equipment or instruments.",
        ),
        ("", ""),
    ),
    (
        "DG-02",
        "yes",
        ("质量管理信息系统", "Quality information system"),
        ("", ""),
        ("", ""),
    ),
    (
        "DG-03",
        "40%",
        ("系统覆盖的质量业务", "Quality business in the system"),
        (
            "来料检验、过程检验与不合格品处理已在系统中办理。",
            "Incoming and in-process inspection and nonconformities are handled in the system.",
        ),
        (
            "把供应商质量、客户投诉和纠正措施纳入系统，覆盖到一半以上的质量业务。",
            "Bring supplier quality, complaints and corrective action into the system, to cover more than half of the "
            "quality business.",
        ),
    ),
    (
        "DG-04",
        "3",
        ("质量数据分析应用", "Use of quality data"),
        (
            "每月按产品和工序汇总质量数据，形成报表并在例会上讨论。",
            "Quality data are summed up monthly by product and process and discussed in a regular meeting.",
        ),
        (
            "把报表改为实时看板，设定预警线；用回归等方法分析主要缺陷的成因。",
            "Turn reports into live boards with warning lines; look for causes of the main defects by regression and "
            "the like.",
        ),
    ),
    (
        "DG-05",
        "2",
        ("产品追溯", "Product traceability"),
        (
            "按批次追溯，查询需要人工翻阅记录。",
            "Traceability is by batch and needs someone to look through records.",
        ),
        (
            "实现关键件单件追溯，两小时内查到原料、人员、设备与检验数据。",
            "Trace key parts one by one, and find material, people, equipment and inspection data within two hours.",
        ),
    ),
    (
        "OR-01",
        "4",
        ("质量部门的权限", "Authority of the quality department"),
        (
            "质量部门能够组织并监督其他同级部门落实质量要求，有否决权并实际行使过。",
            "The quality department organises and supervises its peers in meeting quality requirements, and has used "
            "its veto.",
        ),
        (
            "让质量部门参与经营目标的制定，对各部门的质量绩效有考核建议权。",
            "Let the quality department share in setting business targets and advise on how departments are measured.",
        ),
    ),
    (
        "OR-02",
        "3",
        ("质量责任制", "Assignment of quality duties"),
        (
            "各部门、各岗位的质量职责有书面规定，并与绩效挂钩。",
            "Quality duties of departments and posts are written down and linked to performance.",
        ),
        (
            "每年检查职责与实际是否一致，把跨部门的空白地带补上。",
            "Check once a year whether duties match reality, and close the gaps between departments.",
        ),
    ),
    (
        "OR-03",
        "4",
        ("领导参与", "Leadership"),
        (
            "最高管理者每月主持质量会议，亲自跟踪重大质量问题直至关闭。",
            "The top manager chairs a monthly quality meeting and follows major issues until they are closed.",
        ),
        (
            "把质量目标写入企业战略，并向全体员工和主要客户公开进展。",
            "Write quality targets into the strategy and report progress to all employees and main customers.",
        ),
    ),
    (
        "OR-04",
        "3",
        ("质量目标管理", "Quality objectives"),
        (
            "质量目标逐级分解，按月统计完成情况。",
            "Objectives are broken down level by level and tracked monthly.",
        ),
        (
            "目标与行业先进值对照，未达标时分析原因并调整资源。",
            "Compare targets with leading firms; when one is missed, find the cause and shift resources.",
        ),
    ),
    (
        "OR-05",
        "2",
        ("质量成本", "Cost of quality"),
        (
            "统计废品和返工损失，其他质量成本未归集。",
            "Scrap and rework are counted; other quality costs are not.",
        ),
        (
            "按预防、鉴定、内部损失、外部损失归集质量成本，每季度分析一次。",
            "Collect prevention, appraisal, internal and external failure costs, and analyse them every quarter.",
        ),
    ),
    (
        "OR-06",
        "DECLINE",
        ("质量激励与约束", "Incentives for quality"),
        ("", ""),
        ("", ""),
    ),
    (
        "SC-01",
        "4",
        ("供应商选择与评价", "Supplier selection and rating"),
        (
            "供应商按对产品质量的影响分级，定期评价并动态调整。",
            "Suppliers are graded by their effect on quality, rated at intervals and moved up or down.",
        ),
        (
            "与战略供应商共同制定质量改进计划，共享过程数据。",
            "Agree improvement plans with strategic suppliers and share process data.",
        ),
    ),
    (
        "SC-02",
        "2",
        ("来料质量控制", "Incoming quality control"),
        (
            "以抽样检验为主，不合格批退货或挑选使用。",
            "Sampling inspection prevails; bad lots are returned or sorted.",
        ),
        (
            "要求关键物料供应商提交过程能力数据，逐步以数据放行代替来料检验。",
            "Ask suppliers of key material for capability data and step by step release on data instead of inspection.",
        ),
    ),
    (
        "SC-03",
        "NA",
        ("外包过程管理", "Outsourced processes"),
        ("", ""),
        ("", ""),
    ),
    (
        "SC-04",
        "3",
        ("客户需求识别", "Customer requirements"),
        (
            "通过合同评审和走访收集客户要求，并传递到研发和生产。",
            "Requirements are gathered by contract review and visits and passed on to design and production.",
        ),
        (
            "用结构化方法分析潜在需求，把结果转化为可测量的产品特性。",
            "Analyse latent needs in a structured way and turn them into measurable characteristics.",
        ),
    ),
    (
        "SC-05",
        "4",
        ("投诉处理", "Complaint handling"),
        (
            "投诉在 24 小时内响应，用 8D 方法查找根本原因并验证措施。",
            "Complaints are answered within 24 hours; root causes are found by 8D and actions verified.",
        ),
        (
            "横向展开到同类产品，统计重复投诉率并纳入考核。",
            "Carry actions over to similar products and measure how many complaints come back.",
        ),
    ),
    (
        "SC-06",
        "3",
        ("客户满意度", "Customer satisfaction"),
        (
            "每年调查一次满意度，结果用于管理评审。",
            "Satisfaction is surveyed once a year and used in the management review.",
        ),
        (
            "按客户类型和产品分析驱动因素，针对最弱的一项制定改进措施。",
            "Analyse what drives satisfaction by customer type and product, and act on the weakest driver.",
        ),
    ),
    (
        "IM-01",
        "3",
        ("持续改进机制", "Continual improvement"),
        (
            "有合理化建议和质量改进小组，每年评比。",
            "There are suggestions and improvement teams with a yearly contest.",
        ),
        (
            "改进项目与经营目标挂钩，财务确认收益。",
            "Tie projects to business targets and let finance confirm what they bring.",
        ),
    ),
    (
        "IM-02",
        "5",
        ("质量小组活动", "Quality circles"),
        (
            "质量小组覆盖全部生产班组和多数职能部门，课题来自数据，成果标准化并跨厂推广，连续三年获得省级以上成果。",
            "Circles cover all teams and most departments; topics come from data, results are standardised and "
            "carried to other "
            "plants, with provincial awards three years running.",
        ),
        ("", ""),
    ),
    (
        "IM-03",
        "2",
        ("质量培训", "Quality training"),
        (
            "新员工入职培训包含质量内容，其余按需安排。",
            "Induction covers quality; other training is arranged when needed.",
        ),
        (
            "按岗位建立质量能力矩阵，制定年度培训计划并考核效果。",
            "Draw up a skills matrix by post, plan training for the year and check what it achieved.",
        ),
    ),
    (
        "IM-04",
        "2",
        ("质量知识管理", "Quality knowledge"),
        (
            "经验教训保存在各部门，没有统一的查找办法。",
            "Lessons learned stay in departments and cannot be searched.",
        ),
        (
            "建立统一的经验库，项目启动时必须查阅并留下记录。",
            "Set up one searchable base and require a look into it, on record, at every project start.",
        ),
    ),
    (
        "IM-05",
        "1",
        ("内部审核与自我评价", "Internal audit and self-assessment"),
        (
            "内部审核只为保持认证，问题重复出现。",
            "Internal audits only keep the certificate; the same findings return.",
        ),
        (
            "培训专职内审员，按风险安排审核，跟踪措施的有效性。",
            "Train dedicated auditors, audit by risk and follow up whether actions worked.",
        ),
    ),
)

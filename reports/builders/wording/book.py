"""The words of the blue book, beside those that it shares with the dashboard."""

BOOK: dict[str, tuple[str, str]] = {
    "book_title": ("质量管理成熟度蓝皮书", "Quality management maturity: the blue book"),
    "book_subtitle": ("发布 {label}，截至 {day}", "Release {label}, as of {day}"),
    "book_publisher": ("发布者", "Published by"),
    "book_pool": ("开放样本库", "The open pool"),
    "book_contents": ("目录", "Contents"),
    "book_summary": ("摘要", "Summary"),
    "book_summary_firms": (
        "本书汇总了约 {firms} 家企业的自评结果。企业数带有至多 {reach} 家的随机扰动。",
        "This book sums up the self-assessments of about {firms} firms. The number carries random noise of up "
        "to {reach} "
        "firms.",
    ),
    "book_summary_index": (
        "指数的中位数约为 {median} 分，中间一半企业落在 {low} 分至 {high} 分之间。",
        "The median index is about {median} points; the middle half of the firms lie between {low} and {high}.",
    ),
    "book_summary_self": (
        "所有答案由企业自行填写，未经审核；参与者自愿报名，不是随机样本。与公开发表的数据比较时，"
        "请先看每一项后面能得出什么结论。",
        "All answers were given by the firms themselves and audited by nobody; firms took part by their own "
        "choice and are "
        "no random sample. Before comparing with published figures, read what may be concluded of each.",
    ),
    "book_all": ("全部企业", "All firms"),
    "book_practices": ("逐项比较各类企业", "Practice by practice"),
    "book_by_size": ("各规模企业", "By size"),
    "book_by_industry": ("各行业企业", "By industry"),
    "book_method": ("方法", "Method"),
    "book_method_counted": (
        "每家企业只计一票：取其在截止时间前提交的最近一次完整自评，并且只统计同意纳入样本库的企业。"
        "同一企业集团的企业在判断家数是否足够时只算一家。",
        "Each firm has one vote: its latest complete self-assessment submitted by the date, and only firms "
        "that agreed to be "
        "counted. Firms of one enterprise group count once where the number of firms is judged.",
    ),
    "book_method_thresholds": (
        "比例至少代表 {share} 家企业，分布、均值和四分位数至少代表 {distribution} 家；0% 和 100% 分别写作至多 "
        "5% 和至少 95%。",
        "A share stands for {share} firms at least, a distribution, mean or quartile for {distribution}. 0% "
        "and 100% are "
        "written as at most 5% and at least 95%.",
    ),
    "book_method_noise": (
        "每个企业数都用单元密钥法加上随机扰动（至多 {reach} 家）：同一批企业在任何表格里得到同样的扰动，"
        "反复查询得不到更多信息。",
        "Every count carries random noise of up to {reach} firms by the cell-key method: the same firms get "
        "the same noise in "
        "every table, so nothing is gained by asking again.",
    ),
    "book_method_interval": (
        "区间为 95% 威尔逊区间，其中已计入扰动；加权数据按企业规模事后分层，有效样本量按基什公式计算。",
        "Intervals are Wilson intervals at 95%, noise included. Weighted figures are post-stratified by size "
        "of firm; the "
        "effective size is Kish's.",
    ),
    "book_method_quartile": (
        "四分位数由 5 分一段的直方图线性内插得出，从不给出最高分和最低分。均值带有与单家企业满分相当的扰动。",
        "Quartiles are interpolated in a histogram of steps of 5 points; the highest and lowest scores are "
        "never told. Means "
        "carry noise as large as one firm's whole scale.",
    ),
    "book_method_evidence": (
        "企业可以为答案附上测量数据，平台据此重算并给出结论：支持、矛盾或无法判定；结论在提交时固定，"
        "与其他家数一样经过门槛和扰动保护后公布。",
        "A firm may attach measured data to an answer; the figures are recomputed and the verdict is supported, "
        "contradicted or not decidable. It is fixed on submission and published under the same thresholds and noise "
        "as every other count.",
    ),
    "book_shown": ("公布了哪些分组", "Which groups are shown"),
    "book_shown_why": (
        "分组的层次是固定的：全部、规模、行业、省份、行业×规模、行业×规模×省份。企业太少的分组，"
        "以及与其他分组相减会暴露少数企业的分组，一律不公布。"
        "不公布的分组与没有企业的分组看起来完全一样，因此这里只列出各层次公布了多少个分组。",
        "Groups are formed over a fixed hierarchy: all, size, industry, province, industry x size, industry x "
        "size x province. "
        "Groups of too few firms, and those that would give a few firms away by subtraction, are not shown. A "
        "group that is not "
        "shown looks exactly like one without firms; so this table only tells how many groups of each kind are "
        "shown.",
    ),
    "book_col_rung": ("层次", "Kind of group"),
    "book_col_groups": ("公布的分组数", "Groups shown"),
    "book_rung_all": ("全部", "all firms"),
    "book_sources": ("出处与版本", "Sources and versions"),
    "book_sources_lead": (
        "公开发表的数据出自下列调查，每个数字都按原文引用。本书不是任何机构的官方评价。",
        "Published figures come from the surveys below, each as it was printed. This book is no official "
        "evaluation by "
        "anybody.",
    ),
    "book_col_source": ("出处", "Source"),
    "book_col_figure": ("数据", "Figure"),
    "book_col_printed": ("原文", "As printed"),
    "book_instrument": ("问卷", "Questionnaire"),
    "book_hash": ("发布的内容哈希", "Content hash of the release"),
    "book_licence": ("许可", "Licence"),
    "book_cite": (
        "引用方式：{publisher}，《质量管理成熟度蓝皮书》，发布 {label}（截至 {day}），内容哈希 {hash}。",
        "Cite as: {publisher}, Quality management maturity: the blue book, release {label} (as of {day}), "
        "content hash {hash}.",
    ),
}

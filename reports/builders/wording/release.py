"""Words of a release's dashboard, its public page and the peers' place."""

RELEASE: dict[str, tuple[str, str]] = {
    "rel_title": ("发布版 {label}", "Release {label}"),
    "rel_public_title": ("公开基准 {label}", "Public benchmark {label}"),
    "rel_of_pool": ("公开样本池", "Open pool"),
    "rel_all": ("全部企业", "All firms"),
    "rel_unspecified": ("未注明", "not specified"),
    "rel_no_group": ("本组不显示任何数字。", "No figures are shown for this group."),
    "rel_no_group_why": (
        "可能没有企业、企业太少，或者显示后会让个别企业被推算出来；三种情形看起来完全一样，这是有意为之。",
        "There may be no firms, too few, or figures that would give a single firm away. "
        "All three look alike on purpose.",
    ),
    "rel_no_figure": ("不显示", "not shown"),
    "rel_at_most": ("至多 5%", "at most 5%"),
    "rel_at_least": ("至少 95%", "at least 95%"),
    "rel_about": ("约 {share}", "about {share}"),
    "rel_range": ("{low} 至 {high}", "{low} to {high}"),
    "rel_up_to": ("至多 {high}", "up to {high}"),
    "rel_from": ("至少 {low}", "{low} or more"),
    "rel_open": ("几乎任意值", "almost anything"),
    "rel_sentence": ("{text}。", "{text}."),
    "rel_protected": (
        "占比至少需要 {share} 家企业，分布、均值和四分位数至少需要 {distribution} 家；不足的一律不显示。"
        "每个家数都带有随机扰动（最多相差 {reach} 家），因此任何一家企业的作答都推算不出来。",
        "A share needs at least {share} firms, a distribution, mean or quartile at least {distribution}; anything less "
        "is not shown. "
        "Every count carries random noise of up to {reach} firms, so no firm's answers can be worked out.",
    ),
    "rel_frozen": (
        "本组自上次以来变化的企业太少，沿用发布版 {as_of} 的数字。",
        "Too few firms of this group have changed, so the figures of release {as_of} stand.",
    ),
    "rel_fact_firms": ("企业数（约）", "Firms (about)"),
    "rel_fact_date": ("数据截至", "As of"),
    "rel_fact_owner": ("发布者", "Published for"),
    "rel_fact_instrument": ("问卷", "Instrument"),
    "rel_fact_hash": ("内容哈希", "Content hash"),
    # Sections and blocks.
    "rel_section_standing": ("企业处在哪里", "Where the firms stand"),
    "rel_section_practices": ("与公开调查对照", "Against published surveys"),
    "rel_section_evidence": ("申报与证据", "Declared against evidenced"),
    "rel_section_parts": ("按规模、行业和地区", "By size, industry and region"),
    "rel_section_course": ("历次变化", "Over time"),
    "rel_section_pool": ("样本由谁构成", "Who is in the pool"),
    "rel_section_items": ("题目与信度", "Items and reliability"),
    "rel_levels": ("成熟度等级分布", "Maturity levels"),
    "rel_index": ("指数分布", "Index"),
    "rel_measure_index": ("指数", "Index"),
    "rel_dimensions": ("各维度得分", "Dimensions"),
    "rel_practices": ("各项做法的占比", "Share of firms with each practice"),
    "rel_by_size": ("各规模企业的指数", "Index by size"),
    "rel_by_industry": ("各行业的指数", "Index by industry"),
    "rel_by_region": ("各地区的指数", "Index by region"),
    "rel_practice_by_size": ("按规模：{practice}", "By size: {practice}"),
    "rel_practice_by_industry": ("按行业：{practice}", "By industry: {practice}"),
    "rel_practice_by_region": ("按地区：{practice}", "By region: {practice}"),
    "rel_heat_size": ("维度与规模", "Dimensions by size"),
    "rel_heat_industry": ("维度与行业", "Dimensions by industry"),
    "rel_trend": ("指数均值的历次变化", "Mean index from release to release"),
    "rel_composition": ("样本与总体的规模构成", "Make-up by size: pool and population"),
    "rel_evidence": (
        "附有数据的企业中，数据支持所填答案的占比",
        "Firms with data: share whose answer the data support",
    ),
    "rel_items": ("各题统计", "Item statistics"),
    "rel_reliability": ("克龙巴赫 α 系数", "Cronbach's alpha"),
    # Columns.
    "rel_col_level": ("等级", "Level"),
    "rel_col_share": ("占比", "Share"),
    "rel_col_firms": ("企业数（约）", "Firms (about)"),
    "rel_col_from": ("分数段", "Points"),
    "rel_col_group": ("组别", "Group"),
    "rel_col_dimension": ("维度", "Dimension"),
    "rel_col_mean": ("均值", "Mean"),
    "rel_col_quartile_1": ("下四分位", "Lower quartile"),
    "rel_col_median": ("中位数", "Median"),
    "rel_col_quartile_3": ("上四分位", "Upper quartile"),
    "rel_col_practice": ("做法", "Practice"),
    "rel_col_published": ("公布值", "Published"),
    "rel_col_interval": ("95% 置信区间", "95% interval"),
    "rel_col_weighted": ("加权占比", "Weighted share"),
    "rel_col_weighted_interval": ("加权 95% 置信区间", "Weighted 95% interval"),
    "rel_col_said": ("可以得出的结论", "What may be concluded"),
    "rel_col_release": ("发布版", "Release"),
    "rel_col_date": ("数据截至", "As of"),
    "rel_col_instrument": ("问卷版本", "Instrument"),
    "rel_col_comparable": ("与上次可比", "Compares with the one before"),
    "rel_col_pool": ("样本", "Pool"),
    "rel_col_population": ("总体", "Population"),
    "rel_col_item": ("题目", "Item"),
    "rel_col_title": ("内容", "Title"),
    "rel_col_declared": ("申报水平", "Declared"),
    "rel_col_with_data": ("附有数据的占比", "With data"),
    "rel_col_firms_with_data": ("附有数据的企业（约）", "Firms with data (about)"),
    "rel_col_supported": ("其中：支持", "Of these: supported"),
    "rel_col_supported_interval": ("“支持”的 95% 置信区间", "95% interval of supported"),
    "rel_col_contradicted": ("其中：矛盾", "Contradicted"),
    "rel_col_not_decidable": ("其中：无法判定", "Not decidable"),
    "rel_col_answered": ("有效作答（约）", "Answers (about)"),
    "rel_col_spread": ("标准差", "Spread"),
    "rel_col_dont_know": ("“不清楚”占比", "Don't know"),
    "rel_col_alpha": ("α 系数", "Alpha"),
    "rel_col_weakest": ("与其余题目相关最低的题", "Item that fits least"),
    "rel_yes": ("是", "yes"),
    "rel_no": ("否", "no"),
    "rel_codes_join": ("、", ", "),
    "rel_bin": ("{low}–{high}", "{low}–{high}"),
    "rel_without_score": ("未评定", "not assessed"),
    # Notes.
    "rel_note_levels": (
        "占比以已评定等级的企业为准；0% 与 100% 从不写出。",
        "Shares of the firms that have a level. 0% and 100% are never stated.",
    ),
    "rel_note_scores": (
        "四分位数由 5 分一段的直方图得出，不给出最低分与最高分；"
        "n 家企业的均值带有最多 100/n 分的扰动，不足 100 家时只给整数。",
        "Quartiles come from a histogram in steps of 5 points; lowest and highest are never told. The mean of n firms "
        "carries noise of up to 100/n points and is told in whole points below 100 firms.",
    ),
    "rel_note_practices": (
        "区间为威尔逊 95% 区间，已计入扰动；竖线是公布值。样本由企业自愿组成，加权结果更接近总体。",
        "Wilson's 95% intervals, noise included; the upright mark is the published value. Firms chose to take part, "
        "so the weighted share stands closer to the population.",
    ),
    "rel_note_weighted": (
        "权重取自“{title}”（{source}）。",
        "Weighted to “{title}” ({source}).",
    ),
    "rel_note_population": (
        "总体构成取自“{title}”（{source}）；竖线为总体占比。",
        "The population is “{title}” ({source}); upright marks are its shares.",
    ),
    "rel_note_example": (
        "这份总体构成只是演示示例，并非官方统计；请勿引用加权数字。",
        "This population is an example, not official statistics: do not quote the weighted figures.",
    ),
    "rel_note_unweighted": (
        "本组没有可用的总体构成，只给出未加权的占比。",
        "There is no make-up of the population for this group, so shares are unweighted only.",
    ),
    "rel_note_uncovered": (
        "总体中有 {share} 的企业在本组没有对应样本，加权结果不代表这些企业。",
        "{share} of the population has no firm here to stand for it; weighted figures do not speak of those.",
    ),
    "rel_note_collapsed": (
        "没有企业的一档并入最近的一档后再加权。",
        "A class without firms was joined to the nearest one before weighting.",
    ),
    "rel_note_parts": (
        "组别按固定层级划分；未列出的组没有可显示的数字。",
        "Groups follow a fixed hierarchy; one that is not listed has no figures to show.",
    ),
    "rel_note_small": (
        "组越小，扰动越显眼：二十次中有十九次，10 家企业的中位数偏移不超过 22 分，20 家不超过 13 分，50 家不超过 6 分，"
        "100 家不超过 3 分；n 家企业的均值最多偏移 100/n 分。",
        "The smaller a group, the more the noise shows: 19 times in 20 it moves a median by at most 22 points among 10 "
        "firms, 13 among 20, 6 among 50 and 3 among 100; it moves a mean of n firms by at most 100/n points.",
    ),
    "rel_note_heat": (
        "数字为均值；斜线表示不显示。",
        "Numbers are means; hatching means not shown.",
    ),
    "rel_note_codes": ("窄屏上以代码表示维度：{codes}。", "On a narrow screen dimensions stand as codes: {codes}."),
    "rel_note_trend": (
        "问卷改版后分数不再可比，折线在此断开。",
        "The line breaks where the questions changed and scores no longer compare.",
    ),
    "rel_note_evidence": (
        "申报水平是本组全部企业自己所填的（等级的均值或比例的中位数）；其余各列来自企业附上并由平台重算的测量数据，"
        "结论在提交时固定。没有附数据不等于答案不实；附数据的企业是自愿的，不能代表全部企业。",
        "“Declared” is what all firms of the group say themselves (mean level or median share); the other columns rest "
        "on measured data that firms attached and that were recomputed, with the verdict fixed on submission. No data "
        "does not mean that an answer is untrue, and the firms that bring data chose to.",
    ),
    "rel_note_evidence_few": (
        "附有数据的企业（约）不足 {least} 家时，不给出其中的占比；区间为威尔逊 95% 区间，已计入扰动。",
        "Shares among firms with data are given from about {least} such firms. Wilson's 95% interval, noise included.",
    ),
    "rel_note_items": (
        "均值与标准差以题目自身的分值计，不含“不清楚”；比例题给出中位数。",
        "Mean and spread are in the item's own values, without “don't know”; for shares the median is given.",
    ),
    "rel_note_reliability": (
        "只用在该维度每道题上都有得分的企业；至少 50 家才给出，区间按 Feldt 方法，企业数取整到 5。",
        "Only firms with a score on every item of the dimension; from 50 firms. Intervals by Feldt; firms in fives.",
    ),
    "rel_median_of": ("中位数 {value}%", "median {value}%"),
    # Charts.
    "rel_portion_beside": ("{name}：{value}（{beside} {other}）", "{name}: {value} ({beside} {other})"),
    "rel_spread": (
        "{name}：中间一半企业在 {low} 至 {high} 分，中位数 {middle}，均值 {mean}",
        "{name}: the middle half from {low} to {high} points, median {middle}, mean {mean}",
    ),
    "rel_bins_most": ("企业最多的一段是 {low} 至 {high} 分。", "Most firms stand at {low} to {high} points."),
    "rel_legend_half": ("中间一半企业", "Middle half of the firms"),
    "rel_legend_median": ("中位数", "Median"),
    "rel_legend_mean": ("均值", "Mean"),
    "rel_legend_mean_line": ("均值", "Mean"),
    "rel_legend_quartiles": ("四分位数", "Quartiles"),
    "rel_legend_firms": ("企业占比", "Share of firms"),
    # What may be concluded.
    "rel_unweighted": ("未加权", "Unweighted"),
    "rel_weighted": ("加权", "Weighted"),
    "rel_said_higher": (
        "可以说：本组采用这一做法的企业比公布值多（{share}，公布值 {published}）。",
        "It may be said that this group practises it more often than published: {share} against {published}.",
    ),
    "rel_said_lower": (
        "可以说：本组采用这一做法的企业比公布值少（{share}，公布值 {published}）。",
        "It may be said that this group practises it less often than published: {share} against {published}.",
    ),
    "rel_said_no_difference": (
        "不能说本组与公布值 {published} 有差别（本组的 95% 置信区间：{interval}）。",
        "It may not be said that this group differs from the published {published}: its 95% interval is {interval}.",
    ),
    "rel_said_print_too_coarse": (
        "不能说本组与公布值 {published} 有差别：公布的数字取整太粗，无法判断。",
        "It may not be said that this group differs from the published {published}: "
        "it was printed too coarsely to tell.",
    ),
    "rel_said_survey_too_small": (
        "不能说本组与公布值 {published} 有差别：那次调查只问了 {survey_n} 家企业，其数字本身就不确定。",
        "It may not be said that this group differs from the published {published}: that survey asked only {survey_n} "
        "firms, so its own figure is uncertain.",
    ),
    "rel_said_beyond_bound": (
        "可以说：本组在公布的“{published}”范围之外，占比为 {share}。",
        "It may be said that this group lies outside the published “{published}”: its share is {share}.",
    ),
    "rel_said_within_bound": (
        "本组与公布的“{published}”相符。那是一个界限而非数值，因此不能说本组高于或低于受访企业。",
        "This group agrees with the published “{published}”. As that is a bound and not a value, it may not be said "
        "whether the group stands above or below those surveyed.",
    ),
    "rel_said_bound_undecided": (
        "不能说本组在公布的“{published}”的哪一边（本组的 95% 置信区间：{interval}）。",
        "It may not be said on which side of the published “{published}” this group lies: its 95% interval is "
        "{interval}.",
    ),
    "rel_said_nobody": (
        "什么都不能说：本组没有可计入的作答。",
        "Nothing may be said: no firm of this group has an answer that counts.",
    ),
    # The pages' own words.
    "rel_filter": ("选择组别", "Choose a group"),
    "rel_filter_size": ("规模", "Size"),
    "rel_filter_industry": ("行业", "Industry"),
    "rel_filter_region": ("地区", "Region"),
    "rel_filter_practice": ("按组对比的做法", "Practice to compare by group"),
    "rel_filter_any": ("全部", "All"),
    "rel_filter_show": ("显示", "Show"),
    "rel_filter_rule": (
        "可选：全部；规模；行业；地区；行业×规模；行业×规模×地区。",
        "There are figures for: all; size; industry; region; industry and size; industry, size and region.",
    ),
    "rel_as_table": ("以表格查看", "Read as a table"),
    "rel_download": ("下载", "Download"),
    "rel_download_named": ("下载“{title}”：{form}", "Download “{title}” as {form}"),
    "rel_this_view": ("本页另存为", "This view as"),
    "rel_json": ("全部数字（JSON）", "All figures (JSON)"),
    "rel_csv": ("本页表格（CSV）", "Tables of this page (CSV)"),
    "rel_cite": ("如何引用", "How to cite"),
    "rel_citation": (
        "{owner}：《质量管理成熟度自评基准》，发布版 {label}，数据截至 {date}，SHA-256 {hash}。CC BY 4.0。",
        "{owner}: Benchmark of quality management maturity, release {label}, as of {date}, SHA-256 {hash}. CC BY 4.0.",
    ),
    "rel_licence": (
        "数据可在署名的前提下自由使用（知识共享 署名 4.0 国际）。",
        "The data may be used freely if the source is named (Creative Commons Attribution 4.0 International).",
    ),
    "rel_public_list": ("公开基准", "Public benchmarks"),
    "rel_public_intro": (
        "已公开的发布版。数字只关于企业群体，均经保护，任何一家企业都推算不出来。",
        "Releases that were made public. They speak of groups of firms only, and are protected so that no firm can be "
        "worked out.",
    ),
    "rel_public_none": ("尚无公开的发布版。", "No release has been made public yet."),
    "rel_contents": ("本页内容", "On this page"),
    # The peers' place.
    "peer_title": ("在同行中的位置", "Your place among peers"),
    "peer_stands": (
        "贵企业的指数高于“{group}”中{percent} 的其他企业（同分按一半计）。",
        "Your index stands above {percent} of the other firms in “{group}” (ties count half).",
    ),
    "peer_from": (
        "比较对象约 {n} 家企业；数据来自发布版 {label}（{date}）。",
        "Compared with about {n} firms of release {label} ({date}).",
    ),
    "peer_noise": (
        "为保护企业而加的扰动会使位置偏移；实际位置的范围：{range}（二十次中有十九次）。",
        "The noise that protects firms blurs the place; 19 times in 20 the true one is {range}.",
    ),
    "peer_noise_all": (
        "这一组很小，加上为保护企业而加的扰动，实际位置几乎无法确定。",
        "In so small a group the noise that protects firms leaves almost any place possible.",
    ),
    "peer_nobody": (
        "发布版 {label}（{date}）中还没有足够的企业可供比较。",
        "Release {label} ({date}) does not hold enough firms for a comparison yet.",
    ),
    "peer_ladder": ("为什么与这一组比较", "Why this group"),
    "peer_said": ("采用与否及原因", "Used or not, and why"),
    "peer_hash": ("发布版的内容哈希：{hash}", "Content hash of the release: {hash}"),
    "peer_rung_unknown": ("企业资料不足，无法这样比较", "your firm's profile does not say enough"),
    "peer_rung_too_few": ("这次发布版中企业太少", "this release holds too few firms"),
    "peer_rung_chosen": ("采用这一组", "this group is used"),
    "peer_rung_not_needed": ("已有更接近的组，无需再放宽", "not needed: a closer group was found"),
    "peer_dims_industry-size-region": ("同行业、同规模、同地区", "same industry, size and region"),
    "peer_dims_industry-size": ("同行业、同规模", "same industry and size"),
    "peer_dims_industry": ("同行业", "same industry"),
    "peer_dims_size": ("同规模", "same size"),
    "peer_dims_all": ("全部企业", "all firms"),
}

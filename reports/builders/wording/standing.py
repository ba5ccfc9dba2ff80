"""How a firm's place against a published share is put into words."""

STANDING: dict[str, tuple[str, str]] = {
    "published_equal": ("{share}", "{share}"),
    "published_below": ("不足 {share}", "fewer than {share}"),
    "published_at_most": ("不超过 {share}", "at most {share}"),
    "published_above": ("超过 {share}", "more than {share}"),
    "published_at_least": ("不低于 {share}", "at least {share}"),
    "stands_leading": (
        "贵企业已达到，位于领先的 {share} 之列。",
        "Your firm meets this and stands among the leading {share}.",
    ),
    "stands_others": (
        "贵企业尚未达到，属于其余的 {share}。",
        "Your firm does not meet this yet and is among the other {share}.",
    ),
    "stands_leading_below": (
        "贵企业已达到。公布的只是上限，因此只能确定位于领先的 {share} 以内。",
        "Your firm meets this. The published figure is an upper bound, so all that is certain is a place within the "
        "leading {share}.",
    ),
    "stands_others_below": (
        "贵企业尚未达到，与超过 {share} 的企业相同。公布的只是上限，具体位置无法确定。",
        "Your firm does not meet this yet, like more than {share} of firms. The published figure is an upper bound, so "
        "no closer place can be given.",
    ),
    "stands_leading_above": (
        "贵企业已达到，与超过 {share} 的企业相同。公布的只是下限，具体位置无法确定。",
        "Your firm meets this, like more than {share} of firms. The published figure is a lower bound, so no closer "
        "place can be given.",
    ),
    "stands_others_above": (
        "贵企业尚未达到。公布的只是下限，因此只能确定位于其余的 {share} 以内。",
        "Your firm does not meet this yet. The published figure is a lower bound, so all that is certain is a place "
        "within the other {share}.",
    ),
    "stands_nowhere": ("不作比较：{reason}", "Not placed. {reason}"),
    "reason_not_applicable": ("该题答为“不适用”。", "The question was answered “not applicable”."),
    "reason_declined": ("该题未作答（不愿回答）。", "The answer to the question was declined."),
    "reason_not_asked": ("根据前面的回答，该题无需作答。", "The question was not asked, given an earlier answer."),
    "reason_size": ("该数字只针对{sizes}企业。", "The figure covers firms of these sizes only: {sizes}."),
    "reason_condition": ("该数字只针对满足前提条件的企业。", "The figure covers only firms that meet its condition."),
}

"""Where things stand in the workbook, for writing and for reading."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

MARK = "qms-survey"
MARK_ROW, HEADER_ROW = 3, 4
PART, CODE, QUESTION, CHOICES, ANSWER, REASON, VERSION = (
    "part",
    "code",
    "question",
    "choices",
    "answer",
    "reason",
    "version",
)
COLUMNS = (PART, CODE, QUESTION, CHOICES, ANSWER, REASON, VERSION)
NEEDED = (CODE, ANSWER)
HEADERS: dict[str, str | Promise] = {
    PART: _("Part of the questionnaire"),
    CODE: _("Item code"),
    QUESTION: _("Question"),
    CHOICES: _("What can be entered"),
    ANSWER: _("Your answer"),
    REASON: _("Reason, if not applicable"),
    VERSION: _("Version"),
}


def known_headers() -> dict[str, str]:
    """What a header cell may say, in either language, and which column it names."""
    found: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(text): key for key, text in HEADERS.items()}
    return found

"""Reads an association's list of firms: one firm a row, in CSV or XLSX. All faults are found, or nothing is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from firms.catalogues import industries, regions
from firms.credit_code import faults, normalised
from firms.forms.firm import fault_message
from firms.models import Firm
from surveys.instruments.answers_file import XLSX_MAGIC, AnswersRefused, cells_of
from surveys.workbook.opening import WorkbookRefused, look_inside

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 50_000, 12
LISTED = 200
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "credit_code": ("credit_code", "统一社会信用代码", "信用代码"),
    "name": ("name", "企业名称", "单位名称", "名称"),
    "email": ("email", "e-mail", "邮箱", "电子邮箱", "电子邮件"),
    "size": ("size", "规模", "企业规模"),
    "industry": ("industry", "行业", "行业代码"),
    "region": ("region", "省份", "地区", "省级代码"),
}
REQUIRED = ("credit_code", "name")
SIZES = {"微型": "micro", "小型": "small", "中型": "medium", "大型": "large"}
LONGEST_NAME = 200


@dataclass(frozen=True)
class TargetRow:
    """One firm as the list has it. Codes are those of the catalogues; empty where the list says nothing."""

    credit_code: str
    name: str
    email: str = ""
    size: str = ""
    industry: str = ""
    region: str = ""


class TargetsRefused(Exception):
    """The list is not taken; ``lines`` say row, column, what is wrong and how to mend it."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read_targets(data: bytes) -> list[TargetRow]:
    """The rows in order. TargetsRefused with every fault."""
    if len(data) > MOST_BYTES:
        raise TargetsRefused([_("The file is larger than 5 MB. Split the list, or remove other columns and sheets.")])
    try:
        if data.startswith(XLSX_MAGIC):
            look_inside(data, most_cells=MOST_ROWS * MOST_COLUMNS)
        cells = cells_of(data)
    except WorkbookRefused as error:
        raise TargetsRefused([str(error)]) from error
    except AnswersRefused as error:
        told = _("The file is no table: save it as CSV or XLSX, with the column names in the first row.")
        raise TargetsRefused([told]) from error
    if len(cells) - 1 > MOST_ROWS:
        raise TargetsRefused([_("The list has more than %(most)d rows. Split it.") % {"most": MOST_ROWS}])
    places = header_places([str(cell).strip() for cell in cells.iloc[0]])
    reading = Reading()
    rows = [reading.row(number, values, places) for number, values in enumerate(cells.iloc[1:].values.tolist(), 2)]
    if reading.faults:
        raise TargetsRefused(reading.told())
    return [row for row in rows if row is not None]


def header_places(header: list[str]) -> dict[str, int]:
    """Which column holds what; the first counts where a name occurs twice."""
    known = {word: name for name, words in COLUMNS.items() for word in words}
    found: dict[str, int] = {}
    for place, word in enumerate(header):
        name = known.get(word.lower())
        if name:
            found.setdefault(name, place)
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        told = _("Row 1: the column “%(column)s” is missing. Download the sample list and keep its column names.")
        raise TargetsRefused([told % {"column": COLUMNS[name][1]} for name in missing])
    return found


class Reading:
    """Reads row by row and remembers what was wrong."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.codes: dict[str, int] = {}

    def told(self) -> list[str]:
        more = len(self.faults) - LISTED
        rest = [_("… and %(count)d more.") % {"count": more}] if more > 0 else []
        return self.faults[:LISTED] + rest

    def row(self, number: int, values: list[Any], places: Mapping[str, int]) -> TargetRow | None:
        """None for a blank row and for one with a fault."""
        cells = {name: str(values[place]).strip() for name, place in places.items()}
        if not any(cells.values()):
            return None
        before = len(self.faults)
        found = TargetRow(
            credit_code=self.credit_code(number, cells["credit_code"]),
            name=self.name(number, cells["name"]),
            email=self.email(number, cells.get("email", "")),
            size=self.coded(number, "size", size_code(cells.get("size", "")), set(Firm.Size.values)),
            industry=self.coded(number, "industry", industry_code(cells.get("industry", "")), set(industries())),
            region=self.coded(number, "region", region_code(cells.get("region", "")), set(regions())),
        )
        return found if len(self.faults) == before else None

    def fault(self, number: int, column: str, text: str) -> None:
        place = {"row": number, "column": COLUMNS[column][1], "text": text}
        self.faults.append(_("Row %(row)d, %(column)s: %(text)s") % place)

    def credit_code(self, number: int, written: str) -> str:
        code = normalised(written)
        for wrong in faults(code):
            self.fault(number, "credit_code", fault_message(wrong))
        first = self.codes.setdefault(code, number)
        if code and first != number:
            told = _("the same code stands in row %(row)d. Remove one of the two.")
            self.fault(number, "credit_code", told % {"row": first})
        return code

    def name(self, number: int, written: str) -> str:
        if not written or len(written) > LONGEST_NAME or not written.isprintable():
            self.fault(number, "name", _("write the firm's name, at most 200 characters."))
        return written

    def email(self, number: int, written: str) -> str:
        if written:
            try:
                validate_email(written)
            except ValidationError:
                self.fault(number, "email", _("“%(value)s” is no e-mail address.") % {"value": written[:60]})
        return written

    def coded(self, number: int, column: str, code: str, known: set[str]) -> str:
        if code and code not in known:
            told = _("“%(value)s” is not known. Use a code or name of the sample list, or leave the cell empty.")
            self.fault(number, column, told % {"value": code[:60]})
        return code


def size_code(written: str) -> str:
    return SIZES.get(written, written.lower())


def industry_code(written: str) -> str:
    """A division may be written as C34, as 34 or by its name."""
    if written.isascii() and written.isdigit():
        return f"C{written}"
    return next((code for code, entry in industries().items() if written in (entry.zh_hans, entry.en)), written)


def region_code(written: str) -> str:
    return next((code for code, entry in regions().items() if written in (entry.zh_hans, entry.en)), written)

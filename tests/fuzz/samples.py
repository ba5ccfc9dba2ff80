"""Good files of every kind, small ones: what is quick to read is broken more often."""

import io
import json

import pandas as pd

from surveys.instruments.check_source import read_source
from surveys.instruments.model import Instrument
from surveys.instruments.workbook import to_workbook
from surveys.instruments.xlsform import to_xlsform
from tests.instruments.rich import RICH
from tests.instruments.test_xlsform_foreign import PLAIN, form
from tests.qif.build import VERSIONS
from tests.qif.test_qif_versions import rich

MEASURED = "lot;diameter [mm];note\n1;10,01;ok\n1;10,03;\n2;9,98;late\n2;10,00;ok\n"


def workbook(frame: pd.DataFrame) -> bytes:
    packed = io.BytesIO()
    frame.to_excel(packed, index=False)
    return packed.getvalue()


def answers_frame(instrument: Instrument) -> pd.DataFrame:
    values = {"level": "3", "yesno": "yes", "share": "50"}
    row = {"firm": "A", "size": "small", "industry": "C34", "region": "33"}
    row |= {item.code: values[item.kind] for item in instrument.items}
    return pd.DataFrame([row, {**row, "firm": "B", instrument.items[0].code: "NA"}])


def answers_files(instrument: Instrument) -> tuple[bytes, ...]:
    text = answers_frame(instrument).to_csv(index=False)
    return text.encode(), text.encode("utf-8-sig"), workbook(answers_frame(instrument))


def answer_workbooks(instrument: Instrument) -> tuple[bytes, ...]:
    return (workbook(answers_frame(instrument).T.reset_index()),)


def instruments() -> tuple[bytes, ...]:
    raw = read_source(RICH).raw
    return RICH.encode(), json.dumps(raw, ensure_ascii=False).encode()


def instrument_files() -> tuple[bytes, ...]:
    raw = read_source(RICH).raw
    return RICH.encode(), to_workbook(raw), to_xlsform(raw), form(PLAIN)


def tables() -> tuple[bytes, ...]:
    frame = pd.DataFrame({"lot": [1, 1, 2], "length (mm)": [10.01, 10.03, 9.98], "when": ["2026-01-01"] * 3})
    return MEASURED.encode(), MEASURED.encode("gb18030"), frame.to_csv(index=False).encode(), workbook(frame)


def qif_files() -> tuple[bytes, ...]:
    return tuple(rich(version) for version in VERSIONS)


def releases() -> tuple[bytes, ...]:
    group = {"name": "all", "firms": 31, "as_of": "2026-11", "shares": {"A": {"of": 30, "reached": 7}},
             "means": {"index": 41.5}, "distributions": {"index": [1, 2, 3]}, "reliability": {},
             "distributions_as_of": None}  # fmt: skip
    told = {"format": 1, "id": "2026-11", "number": 0, "instrument": "bluebook@1.0.0", "share_threshold": 5,
            "distribution_threshold": 10, "noise_reach": 5, "noise_variance": 2.16, "tables": {"index": ["0", "5"]},
            "scales": {}, "groups": {"all": group}}  # fmt: skip
    return (json.dumps(told).encode(),)

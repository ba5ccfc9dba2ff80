"""Files and drafts for tests of measured data."""

from statistics import NormalDist

from scoring.evidence.computing import compute
from scoring.evidence.mapping import Mapping
from scoring.evidence.services import Computed, measured_add
from scoring.evidence.sources import opened
from scoring.evidence.summary import summary_of
from scoring.models import MeasuredEvidence
from surveys.services.evidence import evidence_add
from tests.filling import NOW

# 60 values as even as a normal process gives them, mean 10 and sigma 0.02, shuffled by a fixed rule.
VALUES = [round(NormalDist(10, 0.02).inv_cdf(((37 * step) % 60 + 0.5) / 60), 4) for step in range(60)]


def table(values=VALUES, header="Time,Diameter (mm)", note=lambda at: ""):
    """One row a minute."""
    rows = (f"2026-11-01 {8 + at // 60:02d}:{at % 60:02d},{value}{note(at)}\n" for at, value in enumerate(values))
    return (header + "\n" + "".join(rows)).encode()


def gauge_table(spread=0.01, parts=10):
    """3 appraisers measure every part 3 times; the parts lie 1 apart."""
    rows = [
        f"{part},{who},{part + spread * ((7 * part + 3 * trial + ord(who)) % 5 - 2):.4f}\n"
        for part in range(1, parts + 1)
        for who in "ABC"
        for trial in range(3)
    ]
    return ("Part,Operator,Value\n" + "".join(rows)).encode()


def counts_table(counts, sizes=100):
    rows = "".join(f"2026-11-{at + 1:02d},{sizes},{count}\n" for at, count in enumerate(counts))
    return ("Date,Inspected,Nonconforming\n" + rows).encode()


def kept(assessment, person, item: str, content: bytes, mapping: Mapping) -> MeasuredEvidence:
    """The file behind the answer, computed and judged."""
    file = evidence_add(assessment=assessment, item=item, name="data.csv", content=content, person=person, now=NOW)
    computed = Computed([file], mapping, summary_of(compute(opened([content]), mapping)))
    return measured_add(assessment=assessment, item=item, computed=computed, person=person, now=NOW)

"""One report as PDF beside the same content set by WeasyPrint, both warm."""

import io
import subprocess
import tempfile
from pathlib import Path

from pypdf import PdfReader

from bench.country import REPOSITORY
from bench.firms import reports_of_firms
from bench.html_report import html_report
from bench.peers import PeersMissing, peers_python
from bench.rows import Row, best_of
from reports.typesetting import FONTS, told_chapters, typeset
from tests.builders.sample import sample

NAME, TARGET = "One report as PDF, warm, s", "at least 10 x faster"


def run() -> list[Row]:
    model = sample("zh-hans")
    pages = len(PdfReader(io.BytesIO(typeset(model))).pages)
    firms = reports_of_firms(model)
    ours = best_of(10, lambda: typeset(next(firms)))
    try:
        theirs, their_pages = weasyprint(html_report(told_chapters(model)[0], FONTS))
    except PeersMissing as missing:
        return [Row(NAME, ours, 0, 0, TARGET, f"WeasyPrint could not be had: {missing}")]
    a_page = (theirs / their_pages) / (ours / pages)
    note = (
        f"{pages} pages, each time of another firm. Reference: WeasyPrint, the same texts and charts as plain HTML, "
        f"{their_pages} pages: "
        f"{a_page:.1f} x faster a page."
    )
    return [Row(NAME, ours, theirs, theirs / ours, TARGET, note)]


def weasyprint(html: str) -> tuple[float, int]:
    """Seconds for one PDF, the best of three after one that does not count, and its pages."""
    with tempfile.TemporaryDirectory(prefix="bench-pdf-") as home:
        page = Path(home) / "report.html"
        page.write_text(html, encoding="utf-8")
        command = [str(peers_python()), "-m", "bench.weasy", str(page), "3"]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PeersMissing(done.stderr.strip().splitlines()[-1])
    seconds, pages = done.stdout.split()
    return float(seconds), int(pages)

"""Sets an HTML page as PDF with WeasyPrint, warm, under bench/peers.py's Python: prints seconds and pages.

Usage: python -m bench.weasy PAGE.html TIMES
"""

import sys
import time
from pathlib import Path

from weasyprint import HTML  # type: ignore[import-not-found]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-not-found]


def main() -> None:
    text, fonts = Path(sys.argv[1]).read_text("utf-8"), FontConfiguration()
    HTML(string=text).write_pdf(font_config=fonts)
    found = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        pages = HTML(string=text).render(font_config=fonts)
        pages.write_pdf()
        found.append(time.perf_counter() - start)
    print(min(found), len(pages.pages))  # noqa: T201


if __name__ == "__main__":
    main()

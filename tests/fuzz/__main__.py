"""Coverage-guided fuzzing of one parser: ``python -m tests.fuzz QIF -max_total_time=600`` (options of atheris)."""

import os
import sys
import tempfile
from pathlib import Path

import atheris


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django  # noqa: PLC0415 - the settings must be named first

    django.setup()
    with atheris.instrument_imports(include=["surveys", "scoring", "firms"]):
        from tests.fuzz.parsers import PARSERS  # noqa: PLC0415 - imported under instrumentation

    known = {parser.name: parser for parser in PARSERS}
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        sys.stderr.write(f"Name one of: {', '.join(known)}\n")
        sys.exit(2)
    parser = known[sys.argv.pop(1)]

    def once(data: bytes) -> None:
        try:
            parser.read(data)
        except parser.refusals:
            return

    corpus = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for number, good in enumerate(parser.goods):
        (corpus / str(number)).write_bytes(good)
    atheris.Setup([*sys.argv, str(corpus)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

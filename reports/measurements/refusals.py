"""Whatever cannot be read or computed, in the reader's words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from reports.measurements.files import FilesRefused
from scoring.engine.evidence.messages import REFUSALS as EVIDENCE_REFUSALS
from scoring.engine.evidence.messages import EvidenceError
from scoring.engine.spc.messages import REFUSALS, SpcError, shown
from scoring.management.capability_text import refusal_text
from scoring.measurements.qif_messages import REFUSALS as QIF_REFUSALS
from scoring.measurements.qif_messages import QifError
from scoring.measurements.table import TableRefused


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turns the refusals of readers and of the engine into FilesRefused."""
    try:
        yield
    except TableRefused as refusal:
        raise FilesRefused(refusal_text(refusal).splitlines()) from None
    except SpcError as error:
        raise FilesRefused([_(REFUSALS[error.code]) % shown(error.params)]) from None
    except QifError as error:
        raise FilesRefused([_(QIF_REFUSALS[error.code]) % error.params]) from None
    except EvidenceError as error:
        raise FilesRefused([_(EVIDENCE_REFUSALS[error.code]) % shown(error.params)]) from None

"""What is removed in time: the files of old reports, files that belong to nothing, receipts of saves."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings

from reports.models import Report
from reports.services import report_path
from surveys.models import SaveReceipt

# Younger files may belong to a build that is not finished yet.
STRAY_AFTER = timedelta(days=1)


def reports_expire(*, now: datetime) -> int:
    """Removes the files of reports older than REPORT_KEEP_DAYS; how many. Their rows say so and may be ordered again.

    The row changes first: a file without a row is stray and goes another day; a row without its file would be untrue.
    """
    old = Report.objects.filter(
        state=Report.State.READY, finished_at__lt=now - timedelta(days=settings.REPORT_KEEP_DAYS)
    )
    removed = 0
    for report_id, name in list(old.order_by("finished_at").values_list("pk", "file")):
        removed += _expire(report_id, name)
    return removed


def _expire(report_id: uuid.UUID, name: str) -> int:
    changed = Report.objects.filter(pk=report_id, state=Report.State.READY, file=name).update(
        state=Report.State.EXPIRED, step=Report.Step.WAITING, file="", size=None
    )
    if changed:
        report_path(name).unlink(missing_ok=True)
    return changed


def files_tidy(*, now: datetime) -> int:
    """Removes files that no row names, half-written ones among them; how many. Only what is older than a day."""
    candidates = [
        path for path in _files() if datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo) < now - STRAY_AFTER
    ]
    # Read after the directory: a file that is put in place meanwhile is not among the candidates.
    named = _named()
    stray = [path for path in candidates if path.name not in named]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)


def _files() -> Iterator[Path]:
    directory = Path(settings.REPORTS_DIR)
    return (path for path in directory.iterdir() if path.is_file()) if directory.is_dir() else iter(())


def _named() -> set[str]:
    """The names in every row of this part of the house that has a file in the directory."""
    owners = [
        model
        for model in apps.get_app_config("reports").get_models()
        if any(field.name == "file" for field in model._meta.get_fields())
    ]
    return {name for model in owners for name in model._default_manager.values_list("file", flat=True) if name}


def receipts_purge(*, now: datetime) -> int:
    """Removes the receipts of saves that nobody will send again; how many."""
    old = SaveReceipt.objects.filter(at__lt=now - timedelta(days=settings.RECEIPT_KEEP_DAYS))
    return old.delete()[0]

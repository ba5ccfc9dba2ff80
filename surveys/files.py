"""Where evidence files lie: under QMS_HOME/evidence, never under a directory that is served."""

import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def path_of(evidence_id: uuid.UUID) -> Path:
    """Made of a number of ours: nothing that a person typed reaches the file system."""
    name = evidence_id.hex
    return Path(settings.QMS_HOME) / "evidence" / name[:2] / name


def write(path: Path, content: bytes) -> None:
    """Puts the file in place whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        part.write_bytes(content)
        part.chmod(0o600)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def remove(evidence_ids: Iterable[uuid.UUID]) -> None:
    """What is not there is no fault."""
    for evidence_id in evidence_ids:
        path_of(evidence_id).unlink(missing_ok=True)

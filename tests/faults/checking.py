"""What the people's journals say was acknowledged, against what is stored."""

from collections.abc import Iterator

from firms.audit import audit_chains, audit_verify
from firms.models import AuditEntry, PoolConsent
from reports.models import Report
from scoring.models import Release, ReleasePart
from surveys.models import Answer, Assessment
from tests.faults.people import Person, Save


def losses(people: list[Person]) -> list[str]:
    found = [loss for person in people for loss in of_person(person)]
    broken = [f"chain {chain} is broken" for chain in audit_chains() if audit_verify(chain) is not None]
    return [*found, *half_published(), *broken]


def of_person(person: Person) -> Iterator[str]:
    yield from lost_saves(person.saves)
    for pk in person.submitted:
        row = Assessment.objects.get(pk=pk)
        if not (row.is_submitted and hasattr(row, "snapshot") and hasattr(row, "result")):
            yield f"submission {pk} is not whole"
    for pk in set(person.reports):
        if Report.objects.filter(pk=pk, state=Report.State.READY).count() != 1:
            yield f"report {pk} is not ready"
    yield from lost_consents(person)


def lost_saves(saves: list[Save]) -> Iterator[str]:
    """The last acknowledged save of an item, or one that was tried after it, is what is stored."""
    by_item: dict[tuple[str, str], list[Save]] = {}
    for save in saves:
        by_item.setdefault((save.assessment, save.item), []).append(save)
    for (assessment, item), tried in by_item.items():
        last = max((n for n, save in enumerate(tried) if save.version is not None), default=None)
        if last is not None:
            stored = Answer.objects.filter(assessment_id=assessment, item=item).values_list("version", "written")
            yield from wrong_answer(tried[last:], list(stored))


def wrong_answer(allowed: list[Save], stored: list[tuple[int, str]]) -> Iterator[str]:
    version, values = allowed[0].version or 0, [save.value for save in allowed]
    if len(stored) != 1 or stored[0][0] < version or stored[0][1] not in values:
        yield f"{allowed[0].assessment} {allowed[0].item}: {values} from version {version} on, stored {stored}"


def lost_consents(person: Person) -> Iterator[str]:
    rows = PoolConsent.objects.filter(firm_id=person.firm)
    entries = AuditEntry.objects.filter(chain=person.firm)
    stored = {"give": rows.count(), "withdraw": rows.exclude(withdrawn_at=None).count()}
    actions = {"give": "pool.consented", "withdraw": "pool.withdrawn"}
    for what, number in stored.items():
        if not person.acknowledged[what] <= number <= max(person.asked[what], person.acknowledged[what]):
            yield f"consents ({what}): {person.acknowledged[what]} acknowledged, {number} stored"
        if entries.filter(action=actions[what]).count() != number:
            yield f"consents ({what}): {number} stored, {entries.filter(action=actions[what]).count()} in the trail"


def half_published() -> list[str]:
    """A release has its figures, its secret, its hash and its entry in the trail, or none of them."""
    return [f"release {row.pk} is half published: {whole}" for row, whole in parts_of_releases() if len(set(whole)) > 1]


def parts_of_releases() -> Iterator[tuple[Release, list[bool]]]:
    for row in Release.objects.all():
        trail = AuditEntry.objects.filter(action="release.published", subject_id=str(row.pk)).count() == 1
        tidied = not ReleasePart.objects.filter(release=row).exclude(tallies=None).exists()
        ready = row.state == Release.State.READY
        told = [ready, row.figures is not None, bool(row.content_hash), hasattr(row, "secret"), trail]
        yield row, [*told, *([tidied] if ready else [])]

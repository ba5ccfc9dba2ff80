"""Everything that can happen to a blue book: ordered, claimed, built, tried again."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone, translation

from firms.audit import audit_record
from firms.models import Person
from reports.bluebook.paper import set_book
from reports.builders.release.book import Book, blue_book
from reports.dashboard.assembly import material_of
from reports.issuing import languages_of
from reports.models import BlueBook
from reports.selectors import told_in
from reports.services import report_path, require_room, store
from scoring.models import Release

LEASE = timedelta(minutes=10)
# A queued row whose message has not been heard of for so long is sent again.
RESEND_AFTER = timedelta(seconds=60)
State = BlueBook.State


def book_request(*, release: Release, language: str, person: Person | None, now: datetime) -> BlueBook:
    """The book that is there, or a new one in the queue; one that failed gets its attempts anew."""
    book, created = BlueBook.objects.get_or_create(
        release=release, language=language, defaults={"requested_by": person, "requested_at": now}
    )
    if not created and book.state == State.FAILED:
        BlueBook.objects.filter(pk=book.pk).update(state=State.QUEUED, attempts=0, error="", requested_at=now)
        book.refresh_from_db()
    if created:
        audit_record(person=person, action="book.requested", subject=book, after={"label": release.label})
    return book


def book_claim(*, book_id: uuid.UUID, now: datetime) -> BlueBook | None:
    """Takes the book for this worker. The update is the lock."""
    claim = uuid.uuid4()
    free = Q(state=State.QUEUED) | Q(state=State.BUILDING, lease_until__lt=now)
    taken = BlueBook.objects.filter(free, pk=book_id, attempts__lt=settings.REPORT_ATTEMPTS).update(
        state=State.BUILDING, claim=claim, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return BlueBook.objects.select_related("release__association").get(pk=book_id, claim=claim) if taken else None


def book_build(*, book_id: uuid.UUID, clock: Callable[[], datetime] = timezone.now) -> None:
    """Claims the book and builds it. Running it twice is harmless: the second finds nothing to claim."""
    book = book_claim(book_id=book_id, now=clock())
    if book is None:
        return
    try:
        require_room()
        data = set_book([(told_in(language), told(book.release, language)) for language in languages_of(book.language)])
        name = f"bluebook-{book.pk}-{book.claim}.pdf"
        store(name, data)
    except Exception as error:
        book_fail(book=book, error=error)
        raise
    done = BlueBook.objects.filter(pk=book.pk, claim=book.claim).update(
        state=State.READY,
        file=name,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        finished_at=clock(),
        lease_until=None,
        error="",
    )
    if not done:
        report_path(name).unlink(missing_ok=True)


def told(release: Release, language: str) -> Book:
    """The book in one language; all of it from the release's protected figures."""
    with translation.override(language):
        return blue_book(material_of(release, told_in(language)))


def book_fail(*, book: BlueBook, error: Exception) -> None:
    last = book.attempts >= settings.REPORT_ATTEMPTS
    BlueBook.objects.filter(pk=book.pk, claim=book.claim).update(
        state=State.FAILED if last else State.QUEUED,
        error=f"{type(error).__name__}: {error}"[:500],
        lease_until=None,
    )


def books_overdue(*, now: datetime) -> list[uuid.UUID]:
    """Books with a stale lease, or whose message was long unheard of."""
    stale = Q(state=State.BUILDING, lease_until__lt=now)
    lost = BlueBook.objects.filter(stale, attempts__gte=settings.REPORT_ATTEMPTS)
    lost.update(state=State.FAILED, error="The worker was lost each time.")
    waiting = Q(state=State.QUEUED, requested_at__lt=now - RESEND_AFTER)
    return list(BlueBook.objects.filter(stale | waiting).values_list("pk", flat=True)[:50])

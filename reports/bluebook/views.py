"""Ordering a release's blue book, and taking it away."""

import uuid

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from firms.audit import audit_record
from firms.views.ways import action, person_of, reading
from reports.bluebook.queue import book_send
from reports.bluebook.services import book_request
from reports.models import BlueBook
from reports.services import report_path
from scoring.releases.selectors import release_fetch


@action
def order(request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
    release = release_fetch(person_of(request), release_id)
    language = request.POST.get("language", "")
    if language not in BlueBook.Language.values:
        raise Http404
    with transaction.atomic():
        book = book_request(release=release, language=language, person=person_of(request), now=timezone.now())
        if book.is_open:
            book_send(book)
    return redirect("bluebook", book.pk)


@reading
def book(request: HttpRequest, book_id: uuid.UUID) -> HttpResponse:
    """How far the book is, and the button that downloads it."""
    return render(request, "bluebook/book.html", {"book": fetched(request, book_id)})


@reading
def book_file(request: HttpRequest, book_id: uuid.UUID) -> HttpResponseBase:
    found = fetched(request, book_id)
    if found.state != BlueBook.State.READY:
        raise Http404
    try:
        file = report_path(found.file).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    audit_record(person=person_of(request), action="book.downloaded", subject=found)
    name = f"bluebook-{found.release.label}-{found.language}.pdf"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")


def fetched(request: HttpRequest, book_id: uuid.UUID) -> BlueBook:
    """The book, for whoever may read its release."""
    found = BlueBook.objects.select_related("release").filter(pk=book_id).first()
    if found is None:
        raise Http404
    release_fetch(person_of(request), found.release_id)
    return found

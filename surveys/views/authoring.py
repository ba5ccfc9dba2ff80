"""Associations write questionnaires of their own: upload, look, publish."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firms.gate import organisations_visible
from firms.models import Organisation
from firms.refusal import RefusalError
from surveys.file_faults import fault_place, fault_text
from surveys.forms.authoring import InstrumentUploadForm
from surveys.instruments.check_file import Loaded, load_file
from surveys.instruments.check_source import read_source
from surveys.instruments.export import to_json
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.markdown import to_markdown
from surveys.instruments.workbook import to_workbook
from surveys.instruments.xlsform import to_xlsform
from surveys.models import InstrumentDraft
from surveys.requests import language, person_of
from surveys.selectors.authoring import (
    association_fetch,
    bundled_list,
    draft_fetch,
    draft_instrument,
    drafts_of,
    published_of,
    text_of,
)
from surveys.services.authoring import draft_keep, draft_publish
from surveys.views.ways import refused_aloud

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Writer = Callable[[Mapping[str, Any]], bytes]
# Form of a file -> what writes it, its name's ending, its content type.
WRITERS: dict[str, tuple[Writer, str, str]] = {
    "json": (to_json, ".json", "application/json"),
    "xlsx": (to_workbook, ".xlsx", XLSX),
    "xlsform": (to_xlsform, "-xlsform.xlsx", XLSX),
    "md": (to_markdown, ".md", "text/markdown; charset=utf-8"),
}
YAML = ("yaml", "application/yaml; charset=utf-8")
# A file that is something else altogether may have thousands of faults; nobody reads on after these.
MOST_FAULTS = 200


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def association_instruments(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The association's questionnaires and the templates; takes a file, and lists every fault or keeps the draft."""
    association = association_fetch(person_of(request), organisation_id)
    form = InstrumentUploadForm(request.POST or None, request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if form.is_valid():
        try:
            return _kept(request, association, form)
        except FileRefused as refused:
            faults = refused.faults
        except RefusalError as refusal:
            form.add_error("file", str(refusal))
    return _list_page(request, association, form, faults)


@login_required
@never_cache
@require_GET
def association_draft(request: HttpRequest, organisation_id: UUID, code: str, version: str) -> HttpResponse:
    """The draft as firms would see it, before it is published."""
    return _draft_page(request, draft_fetch(person_of(request), organisation_id, code, version))


@login_required
@require_POST
def association_publish(request: HttpRequest, organisation_id: UUID, code: str, version: str) -> HttpResponse:
    """Publishes exactly what the manager looked at."""
    person = person_of(request)
    draft = draft_fetch(person, organisation_id, code, version, manage=True)
    done = _("%(wanted)s is published. It never changes from now on, and every firm can answer it.")
    with refused_aloud(request, done % {"wanted": draft}):
        draft_publish(draft=draft, seen=request.POST.get("seen", ""), person=person)
    return redirect("association-instruments", organisation_id)


@login_required
@never_cache
@require_GET
def association_file(request: HttpRequest, organisation_id: UUID, code: str, version: str, form: str) -> HttpResponse:
    """A draft, or a published questionnaire to begin from, as a file to work on."""
    text = text_of(association_fetch(person_of(request), organisation_id), code, version)
    body, ending, content_type = _written(text, form)
    disposition = f'attachment; filename="{code}-{version}{ending}"'
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": disposition})


def _written(text: str, form: str) -> tuple[bytes, str, str]:
    if form == YAML[0]:
        return text.encode(), ".yaml", YAML[1]
    if form not in WRITERS:
        raise Http404
    write, ending, content_type = WRITERS[form]
    return write(read_source(text).raw), ending, content_type


def _kept(request: HttpRequest, association: Organisation, form: InstrumentUploadForm) -> HttpResponse:
    """Keeps the draft and leads to it; what was left out on the way in is told there at once."""
    loaded: Loaded = load_file(form.cleaned_data["file"].read(), adopt=form.cleaned_data["adopt"])
    draft = draft_keep(organisation=association, loaded=loaded, person=person_of(request), now=timezone.now())
    if loaded.notices:
        return _draft_page(request, draft, loaded.notices)
    return redirect("association-draft", association.pk, draft.owner.code, draft.version)


def _draft_page(request: HttpRequest, draft: InstrumentDraft, notices: Iterable[Fault] = ()) -> HttpResponse:
    context = {
        "draft": draft,
        "association": draft.owner.organisation,
        "instrument": draft_instrument(draft),
        "manages": _manages(request, draft.owner.organisation),
        "notices": _told(notices),
        "language": language(),
    }
    return render(request, "surveys/draft.html", context)


def _list_page(
    request: HttpRequest, association: Organisation, form: InstrumentUploadForm, faults: tuple[Fault, ...]
) -> HttpResponse:
    context = {
        "association": association,
        "form": form,
        "count": len(faults),
        "faults": _told(faults[:MOST_FAULTS]),
        "drafts": drafts_of(association),
        "published": published_of(association),
        "bundled": bundled_list(),
        "language": language(),
    }
    status = 422 if form.errors or faults else 200
    return render(request, "surveys/association_instruments.html", context, status=status)


def _told(faults: Iterable[Fault]) -> list[tuple[str, str]]:
    """Place and words of each fault."""
    return [(fault_place(fault), fault_text(fault)) for fault in faults]


def _manages(request: HttpRequest, association: Organisation) -> bool:
    return organisations_visible(person_of(request), manage=True).filter(pk=association.pk).exists()

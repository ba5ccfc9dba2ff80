"""The consultant's list of clients, and several of them side by side."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from firms.views.ways import download, person_of, reading
from reports.workspace.acting import acting_of, chosen_of
from reports.workspace.comparing import comparison, radars
from reports.workspace.comparing_file import comparison_workbook
from reports.workspace.forms import ClientFilter
from reports.workspace.selectors import client_rows, clients_of, levels_of, narrowed
from reports.workspace.standing_selectors import with_orders
from reports.writing import CONTENT_TYPES
from surveys.requests import language

PER_PAGE = 20


@reading
def clients(request: HttpRequest) -> HttpResponse:
    """All firms that let me in, narrowed and sorted as asked."""
    person, told, chosen = person_of(request), language(), chosen_of(request)
    mine = clients_of(person, chosen.acting)
    form = ClientFilter(request.GET, levels=levels_of(mine, told))
    asked = form.asked()
    page = Paginator(narrowed(mine, asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": with_orders(client_rows(person, list(page), told), person, chosen.acting),
        "chosen": chosen,
        "kept": urlencode({name: value for name, value in asked.items() if value}),
    }
    return render(request, "workspace/clients.html", context)


@reading
def compare(request: HttpRequest) -> HttpResponse:
    compared = comparison(person_of(request), request.GET.getlist("firm"), language(), acting_of(request))
    if compared.refusal:
        messages.error(request, str(compared.refusal))
        return redirect("clients")
    asked = urlencode([("firm", str(client.firm.pk)) for client in compared.clients])
    context = {
        "compared": compared,
        "radars": radars(compared, language()),
        "asked": asked,
        "chosen": chosen_of(request),
    }
    return render(request, "workspace/compare.html", context)


@reading
def compare_file(request: HttpRequest) -> HttpResponse:
    compared = comparison(person_of(request), request.GET.getlist("firm"), language(), acting_of(request))
    if compared.refusal:
        messages.error(request, str(compared.refusal))
        return redirect("clients")
    return download(comparison_workbook(compared), name="comparison.xlsx", content_type=CONTENT_TYPES["xlsx"])

"""A person's own page: name and language, API tokens, a copy of all data, the end of the account."""

import uuid

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from firms.forms import AccountForm, TokenForm
from firms.gate import Right, firms_visible
from firms.models import ApiToken
from firms.refusal import RefusalError
from firms.services.account import last_owner_of, person_delete, person_export, person_update
from firms.services.tokens import token_create, token_revoke
from firms.views.ways import action, download, page, person_of, refusals_told


@page
def account(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = AccountForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        person_update(person=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account")
    return render(request, "firms/account.html", {"form": form})


@action
def export(request: HttpRequest) -> HttpResponse:
    body = person_export(person=person_of(request))
    return download(body, name="my-data.zip", content_type="application/zip")


@page
@reauthentication_required  # type: ignore[untyped-decorator]
def end(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if request.method == "POST":
        try:
            person_delete(person=person)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            return redirect("account-delete")
        logout(request)
        messages.success(request, _("Your account is deleted."))
        gone = redirect(settings.ACCOUNT_LOGOUT_REDIRECT_URL)
        # Nothing of the person stays on the device either: kept pages, waiting answers.
        gone.headers["Clear-Site-Data"] = '"cache", "storage"'
        return gone
    return render(request, "firms/account_delete.html", {"held": last_owner_of(person)})


@page
@reauthentication_required  # type: ignore[untyped-decorator]
def tokens(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = TokenForm(request.POST or None, firms=firms_visible(person, Right.REPORT))
    raw = None
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            raw = token_create(person=person, **form.cleaned_data)
    mine = ApiToken.objects.filter(person=person, revoked_at=None).select_related("firm").order_by("-created_at")
    return render(request, "firms/tokens.html", {"form": form, "tokens": mine, "raw": raw})


@action
def token_end(request: HttpRequest, token_id: uuid.UUID) -> HttpResponse:
    person = person_of(request)
    token = ApiToken.objects.filter(person=person, pk=token_id).first()
    if token is None:
        raise Http404
    with refusals_told(request, _("The token no longer works.")):
        token_revoke(token=token, person=person)
    return redirect("account-tokens")

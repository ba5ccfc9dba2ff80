"""Where allauth asks us: signing in is written into the audit trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from firms.audit import audit_record
from firms.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    def post_login(self, request: HttpRequest, user: Person, **details: Any) -> HttpResponse:
        """Called once for each finished sign-in, second factor included."""
        audit_record(person=user, action="person.signed_in", subject=user)
        response: HttpResponse = super().post_login(request, user, **details)
        return response

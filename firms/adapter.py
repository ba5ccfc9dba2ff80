"""Where allauth asks us: signing in is written into the audit trail, a new password ends tokens."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from firms.audit import audit_record
from firms.models import ApiToken, Person
from firms.services.tokens import token_revoke


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    def post_login(self, request: HttpRequest, user: Person, **details: Any) -> HttpResponse:
        """Called once for each finished sign-in, second factor included."""
        audit_record(person=user, action="person.signed_in", subject=user)
        response: HttpResponse = super().post_login(request, user, **details)
        return response

    def set_password(self, user: Person, password: str) -> None:
        """A new password, by change or reset, also ends what programs were allowed under the old one."""
        super().set_password(user, password)
        for token in ApiToken.objects.filter(person=user, revoked_at=None):
            token_revoke(token=token, person=user)

"""Where allauth asks us: what touches an account is written into the trail, a new password ends tokens."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.devices import device_of, device_remember
from firms.models import ApiToken, Person
from firms.services.tokens import token_revoke

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    def post_login(self, request: HttpRequest, user: Person, **details: Any) -> HttpResponse:
        """Called once for each finished sign-in, second factor included."""
        audit_record(person=user, action="person.signed_in", subject=user)
        response: HttpResponse = super().post_login(request, user, **details)
        device_remember(response, user.email)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed attempts are counted by account, and apart for each device that its owner has used before."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        device = device_of(request, credentials.get("email", ""))
        return f"{key}:{device}" if device else key

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """What is worth a letter (a new password, another address, a second factor) is worth an entry as well."""
        audit_record(person=user, action=f"account.{template_prefix.rpartition('/')[2]}", subject=user)
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer stops nobody; the person is told that no letter comes."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as fault:  # smtplib's errors are of this kind
            logger.error("A letter could not be sent: %s", type(fault).__name__)
            if self.request is not None:
                messages.error(self.request, _("The letter could not be sent. Please try again later."))

    def set_password(self, user: Person, password: str) -> None:
        """A new password, by change or reset, also ends what programs were allowed under the old one."""
        super().set_password(user, password)
        for token in ApiToken.objects.filter(person=user, revoked_at=None):
            token_revoke(token=token, person=user)

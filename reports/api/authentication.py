"""Who a program acts for: a bearer token, or the session of the browser it runs in."""

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from firms.models import Person
from firms.services.tokens import token_person


class TokenAuth(HttpBearer):
    """``Authorization: Bearer qms_...``. The person comes with the token's limits, which the gate honours."""

    openapi_bearerFormat = "opaque"

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        person = token_person(token)
        if person is not None:
            request.user = person
        return person


AUTHENTICATION = [TokenAuth(), SessionAuth()]

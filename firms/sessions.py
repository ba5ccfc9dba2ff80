"""Sessions in the database, as Django keeps them, read without building the query anew at each request."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from firms.compiled import Compiled

BY_KEY = Compiled(
    lambda *, key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    {"key": str, "now": datetime},
)


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Any:
        """None for a session that is unknown or over; a request that comes with its key then starts without one."""
        found = BY_KEY.objects(Session, key=self.session_key or "", now=timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]

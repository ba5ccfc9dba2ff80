"""Creates the demonstration's accounts and tells their sign-ins, once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.demo import demo_create


class Command(BaseCommand):
    help = "Creates a demonstration firm with two people and a submitted assessment, if it is not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        # The report is built by the sweeper: the worker may not be up yet.
        sign_ins, _reports = demo_create(now=timezone.now())
        for sign_in in sign_ins:
            self.stdout.write(
                _("Demo sign-in: %(email)s  password: %(password)s")
                % {"email": sign_in.email, "password": sign_in.password}
            )

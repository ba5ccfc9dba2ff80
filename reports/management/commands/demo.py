"""Writes a made-up population: for demonstrations, load tests and benchmarks."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from firms.models import OrganisationMember, Person
from reports.population import PopulationRefused, Written, population_create
from surveys.library import InstrumentUnknown, instrument_get

MOST_FIRMS = 9_999_999


class Command(BaseCommand):
    help = "Writes a believable population of made-up firms with answers, results and a campaign."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--firms", type=int, default=200, help="how many firms (200)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same rows (1)")
        parser.add_argument("--instrument", default="bluebook", help="CODE[@VERSION] (bluebook)")
        parser.add_argument(
            "--campaign-share", type=float, default=0.25, help="part of the firms on the campaign's list, 0 to 1 (0.25)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["firms"] <= MOST_FIRMS:
            raise CommandError(
                _("--firms must be from 1 to %(most)d, not %(given)d.")
                % {"most": MOST_FIRMS, "given": options["firms"]},
                returncode=2,
            )
        if not 0 <= options["campaign_share"] <= 1:
            raise CommandError(_("--campaign-share must be from 0 to 1."), returncode=2)
        code, _at, version = options["instrument"].partition("@")
        try:
            written = population_create(
                firms=options["firms"],
                seed=options["seed"],
                instrument=instrument_get(code, version or None),
                campaign_share=options["campaign_share"],
                progress=self._tell if options["verbosity"] else lambda done: None,
            )
        except InstrumentUnknown as error:
            raise CommandError(str(error)) from error
        except PopulationRefused as error:
            raise CommandError(
                _("The population of seed %(seed)d is there already; choose another --seed.")
                % {"seed": options["seed"]}
            ) from error
        self._tell_written(written, options["seed"])

    def _tell(self, done: int) -> None:
        self.stderr.write(_("%(done)d firms written") % {"done": done})

    def _tell_written(self, written: Written, seed: int) -> None:
        self.stdout.write(
            _("%(firms)d firms, %(submitted)d submitted assessments.")
            % {"firms": written.firms, "submitted": written.submitted}
        )
        email, password = f"association-{seed}@example.com", secrets.token_urlsafe(9)
        if not Person.objects.filter(email=email).exists():
            person = Person.objects.create_user(email, password, name="协会工作人员")
            OrganisationMember.objects.create(
                organisation=written.association, person=person, role=OrganisationMember.Role.MANAGER
            )
            self.stdout.write(
                _("Demo sign-in: %(email)s  password: %(password)s") % {"email": email, "password": password}
            )

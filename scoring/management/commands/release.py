"""Makes a release in this process, without the queue: for operators and schedules."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.models import Organisation
from scoring.engine.release.thresholds import NothingPublished
from scoring.forms import LABEL
from scoring.models import Release
from scoring.releases.services import ReleaseRefused, part_count, release_finish, release_request
from surveys.instruments.model import Instrument
from surveys.library import InstrumentUnknown, instrument_get
from surveys.models import Campaign

USAGE = 2
"""Exit status where the order itself is wrong; 1 where it is right and nothing was published."""


class Command(BaseCommand):
    help = "Makes a release of one campaign, of all campaigns of an association, or of the open pool, here and now."

    def add_arguments(self, parser: CommandParser) -> None:
        counted = parser.add_mutually_exclusive_group(required=True)
        counted.add_argument("--campaign", metavar="ID", help="the campaign to count")
        counted.add_argument("--association", metavar="ID", help="the association whose campaigns are all counted")
        counted.add_argument("--pool", action="store_true", help="count the open pool")
        parser.add_argument("--instrument", metavar="CODE", help="with --association and --pool: the questionnaire")
        parser.add_argument("--label", required=True, help="how the release is cited, such as 2026-11")
        parser.add_argument("--log", action="store_true", help="tell which groups are hidden and why: keep it secret")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release = requested(options)
        except (ReleaseRefused, NothingPublished) as error:
            raise CommandError(str(error)) from error
        for part_id in release.parts.order_by("number").values_list("pk", flat=True):
            part_count(part_id=part_id)
        release_finish(release_id=release.pk)
        self.tell(release, told_log=options["log"])

    def tell(self, release: Release, *, told_log: bool) -> None:
        release.refresh_from_db()
        if release.state != Release.State.READY:
            raise CommandError(release.error or _("The release is still being made by another worker."))
        self.stdout.write(f"{release.pk} {release.label} {release.content_hash}")
        for line in release.secret.log if told_log else ():
            self.stdout.write(f"{line['group']}\t{line['reason']}")


def requested(options: dict[str, Any]) -> Release:
    campaign = campaign_of(options["campaign"]) if options["campaign"] else None
    if not LABEL.fullmatch(options["label"]):
        told = _("Use letters, digits, dots, hyphens and underscores, beginning with a letter or digit.")
        raise CommandError(f"--label: {told}", returncode=USAGE)
    return release_request(
        association=campaign.association if campaign else association_of(options["association"]),
        campaign=campaign,
        instrument=instrument_of(campaign, options["instrument"]),
        label=options["label"],
        person=None,
        now=timezone.now(),
    )


def campaign_of(id_: str) -> Campaign:
    try:
        return Campaign.objects.select_related("association").get(pk=id_)
    except (Campaign.DoesNotExist, ValidationError, ValueError) as error:
        raise CommandError(_("There is no campaign %(id)s.") % {"id": id_}, returncode=USAGE) from error


def association_of(id_: str | None) -> Organisation | None:
    """None stands for the open pool."""
    if id_ is None:
        return None
    try:
        return Organisation.objects.get(pk=id_, kind=Organisation.Kind.ASSOCIATION)
    except (Organisation.DoesNotExist, ValidationError, ValueError) as error:
        raise CommandError(_("There is no association %(id)s.") % {"id": id_}, returncode=USAGE) from error


def instrument_of(campaign: Campaign | None, code: str | None) -> Instrument:
    if campaign is not None:
        return instrument_get(campaign.instrument_code, campaign.instrument_version)
    if not code:
        told = _("Name the questionnaire, for example --instrument bluebook.")
        raise CommandError(told, returncode=USAGE)
    try:
        return instrument_get(code)
    except InstrumentUnknown as error:
        raise CommandError(_("There is no questionnaire %(code)s.") % {"code": code}, returncode=USAGE) from error

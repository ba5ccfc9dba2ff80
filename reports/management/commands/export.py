"""Exports a campaign: the protected figures of its release, or the answers of the firms that agreed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Person
from reports.builders.exports.table import Table
from reports.exports.selectors import answers_export, firms_export, release_export
from reports.exports.writing import CONTENT_TYPES, write_table
from scoring.management.commands.release import campaign_of
from scoring.models import Release
from surveys.management.files import REFUSED, write_output
from surveys.models import Campaign
from surveys.selectors.campaigns import campaigns_visible

# The answers alone, as the command ``score`` reads them.
SCORE = "score"


class Command(BaseCommand):
    help = "Writes what the asking user may see of a campaign."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("campaign", metavar="CAMPAIGN", help="the campaign's id, as in its address")
        parser.add_argument("--format", choices=[*sorted(CONTENT_TYPES), SCORE], default="csv")
        parser.add_argument("--out", required=True, metavar="FILE", help="- for standard output")
        parser.add_argument("--lang", choices=["zh-hans", "en"], default="zh-hans")
        parser.add_argument(
            "--release", metavar="LABEL", help="the release, if not the latest that counts the campaign"
        )
        parser.add_argument(
            "--answers", action="store_true", help="the answers of firms that agreed, in place of figures"
        )
        parser.add_argument("--as", dest="asking", metavar="EMAIL", help="who asks; needed for answers")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == SCORE and not options["answers"]:
            raise CommandError(_("--format score is for answers: say --answers as well."), returncode=2)
        campaign = campaign_of(options["campaign"])
        if options["answers"]:
            table = self._answers(campaign, options)
        else:
            table = release_export(release_for(campaign, options["release"]), options["lang"])
        write_output(options["out"], write_table(table, "csv" if options["format"] == SCORE else options["format"]))

    def _answers(self, campaign: Campaign, options: dict[str, Any]) -> Table:
        """For somebody of the campaign's association only, as on the page."""
        if not options["asking"]:
            raise CommandError(_("Say who asks: --as EMAIL."), returncode=2)
        person = Person.objects.filter(email__iexact=options["asking"]).first()
        if person is None or not campaigns_visible(person).filter(pk=campaign.pk).exists():
            raise CommandError(_("%(who)s may not see this campaign.") % {"who": options["asking"]}, returncode=REFUSED)
        if not campaign.asks_microdata:
            raise CommandError(
                _("The invitation of this campaign did not ask for the answers of each firm."), returncode=REFUSED
            )
        scored = options["format"] == SCORE
        table = answers_export(campaign, person) if scored else firms_export(campaign, person, options["lang"])
        after = {"format": options["format"], "firms": len(table.frame)}
        audit_record(person=person, action="campaign.answers_downloaded", subject=campaign, after=after)
        return table


def release_for(campaign: Campaign, label: str | None) -> Release:
    """The named release of the campaign's series, else the latest that counts the campaign."""
    rows = Release.objects.filter(
        association=campaign.association_id, instrument_code=campaign.instrument_code, state=Release.State.READY
    )
    latest = rows.filter(campaign=campaign).first() or rows.first()
    found = rows.filter(label=label).first() if label else latest
    if found is None:
        raise CommandError(_("This campaign has no such release yet."), returncode=REFUSED)
    return found

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from firms.words import ACTIONS, SUBJECTS


class ScoringConfig(AppConfig):
    name = "scoring"

    def ready(self) -> None:
        from firms.registry import export_parts  # noqa: PLC0415 - models are ready only now
        from scoring.leaving import person_knows  # noqa: PLC0415

        export_parts["measured.json"] = person_knows
        ACTIONS.update(
            {
                "evidence.measured": _("computed figures from evidence files"),
                "release.requested": _("asked for a release"),
                "release.published": _("published a release"),
                "release.made_public": _("made a release public"),
                "evidence.unmeasured": _("removed figures computed from evidence files"),
            }
        )
        SUBJECTS.update({"scoring.release": _("Release"), "scoring.measuredevidence": _("Measured evidence")})

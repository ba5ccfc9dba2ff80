from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from firms.words import ACTIONS, SUBJECTS


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from firms.registry import delete_steps, export_parts, merge_steps  # noqa: PLC0415 - models are ready only now
        from reports.brand.selectors import looks_known  # noqa: PLC0415
        from reports.leaving import bundles_go, reports_go  # noqa: PLC0415
        from reports.workspace.standing import orders_meet, standing_known  # noqa: PLC0415

        delete_steps.extend([reports_go, bundles_go])
        merge_steps.append(orders_meet)
        export_parts["looks"] = looks_known
        export_parts["standing_orders"] = standing_known
        ACTIONS.update(
            {
                "report.requested": _("ordered a report"),
                "brand.changed": _("changed the look of reports"),
                "brand.removed": _("took a look of reports out of use"),
                "comment.written": _("wrote a comment on the results"),
                "comment.changed": _("changed a comment on the results"),
                "comment.withdrawn": _("withdrew a comment on the results"),
                "report.downloaded": _("downloaded a report"),
                "report.cancelled": _("cancelled a report"),
                "book.requested": _("ordered a blue book"),
                "book.downloaded": _("downloaded a blue book"),
                "plan.changed": _("changed the action plan"),
                "plan.downloaded": _("downloaded the action plan"),
                "standing.begun": _("ordered the report of every new assessment"),
                "standing.ended": _("ended a standing order for reports"),
            }
        )
        SUBJECTS.update(
            {
                "reports.bluebook": _("blue book"),
                "reports.brand": _("look of reports"),
                "reports.planstep": _("step of the action plan"),
                "reports.report": _("report"),
                "reports.standingorder": _("standing order"),
            }
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from firms.words import ACTIONS, SUBJECTS


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from firms.registry import delete_steps  # noqa: PLC0415 - models are ready only now
        from reports.leaving import reports_go  # noqa: PLC0415

        delete_steps.append(reports_go)
        ACTIONS.update(
            {
                "report.requested": _("ordered a report"),
                "comment.written": _("wrote a comment on the results"),
                "comment.changed": _("changed a comment on the results"),
                "comment.withdrawn": _("withdrew a comment on the results"),
                "report.downloaded": _("downloaded a report"),
                "report.cancelled": _("cancelled a report"),
                "book.requested": _("ordered a blue book"),
                "book.downloaded": _("downloaded a blue book"),
                "plan.changed": _("changed the action plan"),
                "plan.downloaded": _("downloaded the action plan"),
            }
        )
        SUBJECTS.update(
            {
                "reports.bluebook": _("blue book"),
                "reports.planstep": _("step of the action plan"),
                "reports.report": _("report"),
            }
        )

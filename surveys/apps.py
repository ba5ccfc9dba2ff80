from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from firms.words import ACTIONS, FIELDS, SUBJECTS


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self) -> None:
        from firms.registry import delete_steps, export_parts, merge_steps  # noqa: PLC0415 - models are ready only now
        from surveys.leaving import drafts_meet, evidence_go, person_knows, targets_meet  # noqa: PLC0415

        delete_steps.append(evidence_go)
        merge_steps.extend([targets_meet, drafts_meet])
        export_parts["answers.json"] = person_knows
        ACTIONS.update(WORDS)
        SUBJECTS.update(NOUNS)
        FIELDS.update(VALUES)


WORDS = {
    "assessment.started": _("started an assessment"),
    "assessment.submitted": _("submitted the assessment"),
    "assessment.discarded": _("discarded an assessment"),
    "parts.assigned": _("asked a colleague to answer parts"),
    "comment.written": _("commented on an item"),
    "comment.settled": _("settled a comment"),
    "opinions.finished": _("handed in independent answers"),
    "opinions.closed": _("closed the round of independent answers"),
    "workbook.accepted": _("took over answers from a workbook"),
    "evidence.added": _("added an evidence file"),
    "evidence.removed": _("removed an evidence file"),
    "evidence.downloaded": _("downloaded an evidence file"),
    "campaign.created": _("set up a campaign"),
    "campaign.listed": _("added firms to a campaign"),
    "campaign.unlisted": _("took a firm off a campaign"),
    "campaign.invited": _("sent invitations"),
    "campaign.reminded": _("sent reminders"),
    "campaign.extended": _("extended a campaign"),
    "campaign.closed": _("closed a campaign"),
    "campaign.answers_downloaded": _("downloaded the answers of firms that agreed"),
    "campaign.joined": _("took part in a campaign"),
    "campaign.microdata_withdrawn": _("took back the answers from an association"),
    "instrument.uploaded": _("uploaded a draft of a questionnaire"),
    "instrument.published": _("published a questionnaire"),
}
NOUNS = {
    "surveys.assessment": _("Assessment"),
    "surveys.campaign": _("Campaign"),
    "surveys.comment": _("Comment"),
    "surveys.evidence": _("Evidence file"),
    "surveys.rater": _("Independent answers"),
    "surveys.instrumentowner": _("Questionnaire"),
}
VALUES = {"instrument": _("Questionnaire"), "content_hash": _("Content hash")}

"""Everything that can happen to a consultant's comment: written, changed, withdrawn.

Each makes the finished reports of the assessment old, so that none tells what no longer stands.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Person
from firms.refusal import RefusalError
from reports.models import ConsultantComment
from reports.services import reports_outdate
from reports.workspace.acting import ANYBODY, Acting, audience_acting
from reports.workspace.comments_selectors import comments_own
from surveys.models import Assessment

# As many as a reader will take in, and a report can hold.
MOST = 30


@transaction.atomic
def comment_write(
    *, assessment: Assessment, person: Person, dimension: str, text: str, now: datetime, acting: Acting = ANYBODY
) -> ConsultantComment:
    """A new comment in the name of the organisation that was let in, or in the person's own.

    Raises:
        RefusalError: there are too many of them already.
    """
    _lock(assessment)
    if comments_own(person, assessment.firm).filter(assessment=assessment).count() >= MOST:
        raise RefusalError(_("There are %(most)s comments already. Withdraw or change one of them.") % {"most": MOST})
    comment = ConsultantComment.objects.create(
        assessment=assessment,
        organisation=audience_acting(person, assessment.firm, acting).organisation,
        author=person,
        dimension=dimension,
        text=text,
        created_at=now,
        changed_at=now,
    )
    _happened(comment, person, "comment.written")
    return comment


@transaction.atomic
def comment_change(*, comment: ConsultantComment, person: Person, dimension: str, text: str, now: datetime) -> None:
    """Whoever changes the words answers for them: the comment bears that name from then on."""
    _lock(comment.assessment)
    comment.dimension, comment.text, comment.author, comment.changed_at = dimension, text, person, now
    comment.save(update_fields=["dimension", "text", "author", "changed_at"])
    _happened(comment, person, "comment.changed")


@transaction.atomic
def comment_withdraw(*, comment: ConsultantComment, person: Person, now: datetime) -> None:
    _lock(comment.assessment)
    comment.withdrawn_at = now
    comment.save(update_fields=["withdrawn_at"])
    _happened(comment, person, "comment.withdrawn")


def _lock(assessment: Assessment) -> None:
    """No report of it can be ordered until the change is through, so that none is built from what was before."""
    Assessment.objects.select_for_update().only("pk").get(pk=assessment.pk)


def _happened(comment: ConsultantComment, person: Person, action: str) -> None:
    firm = comment.assessment.firm
    audit_record(person=person, action=action, firm=firm, subject=comment, after={"dimension": comment.dimension})
    reports_outdate(assessment=comment.assessment)

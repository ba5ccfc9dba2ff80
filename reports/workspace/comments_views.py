"""Pages on which a consultant comments on a client's result."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.gate import Right, fetch
from firms.views.ways import action, page, person_of, refusals_told
from reports.models import ConsultantComment
from reports.selectors import submitted_fetch
from reports.workspace.acting import acting_of, chosen_of
from reports.workspace.comments import comment_change, comment_withdraw, comment_write
from reports.workspace.comments_forms import CommentForm
from reports.workspace.comments_selectors import comment_lines, comments_own, dimension_choices, is_insider
from surveys.models import Assessment
from surveys.requests import language


@page
def comments(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """What my side has written on this result, and a form for more. The firm's own people write none."""
    person, found = person_of(request), submitted_fetch(person_of(request), assessment_id, Right.REPORT)
    if is_insider(person, found.firm_id):
        raise Http404
    form = CommentForm(request.POST or None, dimensions=dimension_choices(found, language()))
    if request.method == "POST" and form.is_valid():
        with refusals_told(request, _("The comment is on the firm's results page.")):
            comment_write(
                assessment=found, person=person, now=timezone.now(), acting=acting_of(request), **form.values()
            )
        return redirect("consultant-comments", found.pk)
    own = comments_own(person, found.firm).filter(assessment=found)
    lines = comment_lines(own, found, language())
    context = {"assessment": found, "lines": lines, "form": form, "chosen": chosen_of(request)}
    return render(request, "workspace/comments.html", context)


@page
def comment(request: HttpRequest, comment_id: uuid.UUID) -> HttpResponse:
    found = comment_fetch(request, comment_id)
    written = {"dimension": found.dimension, "text": found.text}
    choices = dimension_choices(found.assessment, language())
    form = CommentForm(request.POST or None, dimensions=choices, initial=written)
    if request.method == "POST" and form.is_valid():
        comment_change(comment=found, person=person_of(request), now=timezone.now(), **form.values())
        return redirect("consultant-comments", found.assessment_id)
    return render(request, "workspace/comment.html", {"comment": found, "form": form})


@action
def withdraw(request: HttpRequest, comment_id: uuid.UUID) -> HttpResponse:
    found = comment_fetch(request, comment_id)
    comment_withdraw(comment=found, person=person_of(request), now=timezone.now())
    return redirect("consultant-comments", found.assessment_id)


def comment_fetch(request: HttpRequest, comment_id: uuid.UUID) -> ConsultantComment:
    """A comment that stands and that my side wrote, as long as the firm's consent is in force; Http404 otherwise."""
    person = person_of(request)
    row = ConsultantComment.objects.select_related("assessment__firm").filter(pk=comment_id).first()
    if row is None or not comments_own(person, row.assessment.firm).filter(pk=row.pk).exists():
        raise Http404
    fetch(person, Assessment.objects.all(), row.assessment_id, Right.REPORT)
    return row

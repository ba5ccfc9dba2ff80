"""What people send: answers, requests to colleagues, remarks, files."""

from surveys.forms.item import ItemForm
from surveys.forms.together import AskForm, CommentForm, EvidenceForm, ManyFiles, ReaskForm, UploadForm

__all__ = ["AskForm", "CommentForm", "EvidenceForm", "ItemForm", "ManyFiles", "ReaskForm", "UploadForm"]

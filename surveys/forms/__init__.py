"""What people send: answers, requests to colleagues, remarks, files."""

from surveys.forms.item import ItemForm
from surveys.forms.together import AskForm, CommentForm, ReaskForm, UploadForm

__all__ = ["AskForm", "CommentForm", "ItemForm", "ReaskForm", "UploadForm"]

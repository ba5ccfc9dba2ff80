"""What the floors above add to merging, exporting and deleting. They register in their AppConfig's ``ready``.

    from firms.registry import merge_steps
    merge_steps.append(move_drafts)

Imports point down only, so the ground floor cannot ask the others; they leave their part here.
"""

from collections.abc import Callable
from typing import Any

from firms.models import Firm, Person

# (keep, drop): settles what cannot simply be handed over, as two drafts where a firm may have only one. Runs in the
# transaction of the merge, before every remaining row that points at ``drop`` is pointed at ``keep``.
merge_steps: list[Callable[[Firm, Firm], None]] = []

# File name -> what this part of the house knows about the person, as something JSON can say.
export_parts: dict[str, Callable[[Person], Any]] = {}

# Before a firm is deleted: what must be ended or removed that the database cannot cascade to, as files on disk.
delete_steps: list[Callable[[Firm], None]] = []

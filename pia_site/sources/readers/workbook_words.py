"""Which texts of a workbook are the form's own: labels and headings of any form.

A sheet is a grid, and what stands beside what does not say what belongs to what: a body may have unmerged the cell of
a label, or typed a value into cells that look like labels. The words of the forms tell. They are only looked at here,
never changed: what a label opens is decided where the extract is held against its form.
May import: labels, forms.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pia_site.forms import Block, Item, all_forms
from pia_site.sources.filling.labels import Outline, find_part, label_key, outlines, similar, split_label

_LONGEST = 120
_NUMBERED = re.compile(r"[①-⑳]\s*\S\S")


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether the whole text is the label of an item or of a row heading (再委託), or nearly so."""
    if len(text) > _LONGEST or is_heading(text):
        return False
    _, key = split_label(text)
    return key in _labels() or any(similar(key, known) for known in _labels())


def may_be_label(text: str) -> bool:
    """Whether a text that stands where labels stand is one: a known label, or any that is numbered like one."""
    return is_label(text) or (len(text) <= _LONGEST and _NUMBERED.match(text) is not None)


@lru_cache(maxsize=4096)
def is_heading(text: str) -> bool:
    """Whether the text heads a part, a section, a member of a group (委託事項2 …) or a risk."""
    if len(text) > _LONGEST:
        return False
    return any(
        find_part(form, text) is not None or any(_heads(outline, text) for outline in outlines(form).values())
        for form in all_forms()
    )


def is_on_cover(text: str) -> bool:
    """Whether the text is a label of the cover, whose values stand below their labels and not beside them."""
    return split_label(text)[1] in _cover_labels()


def _heads(outline: Outline, text: str) -> bool:
    blocks = (found.entry.node for found in outline.blocks(text))
    return (
        outline.section(text) is not None
        or outline.member(text) is not None
        or outline.members_range(text) is not None
        or any(isinstance(block, Block) and block.titles for block in blocks)
    )


@cache
def _labels() -> frozenset[str]:
    found = set()
    for form in all_forms():
        for outline in outlines(form).values():
            for entry in outline.entries:
                node = entry.node
                if (isinstance(node, Item) and node.step) or (isinstance(node, Block) and not node.titles):
                    found.add(label_key(node.label))
    return frozenset(found - {""})


@cache
def _cover_labels() -> frozenset[str]:
    covers = (part for form in all_forms() for part in form.parts if part.role == "cover")
    return frozenset(label_key(item.label) for part in covers for item in part.items())

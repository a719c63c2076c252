"""Which form a source is written on: by the name and revision it prints, else by its headings.

Where no revision is printed, the newest definition of the form is taken, as everywhere (`find_form`).
May import: extract, labels, forms.
"""

from __future__ import annotations

import re

from pia_site.forms import Form, all_forms, find_form
from pia_site.sources.extract import Extract
from pia_site.sources.labels import find_part, outlines

_NAME = re.compile(r"[(（]\s*(\S{2,6}項目評価書)\s*[)）]")
FORM_LINE = re.compile(
    r"[\[［(（]?\s*(?P<revision>(?:平成|令和)\s*(?:\d{1,2}|元)\s*年\s*\d{1,2}\s*月)\s*(?P<form>様式\s*\d)\s*[\]］)）]?"
)
_NEAR_THE_TOP = 40
"""Blocks of a source among which its cover stands."""
_LONGEST_HEADING = 80


def choose_form(extract: Extract) -> Form:
    """The definition that a source is read by. Any text gets one; whether it fits shows in the reading."""
    names: list[str] = []
    revision: str | None = None
    for block in extract.blocks[:_NEAR_THE_TOP]:
        names += _NAME.findall(block.text)
        if line := FORM_LINE.fullmatch(block.text):
            names.append("".join(line["form"].split()))
            revision = "".join(line["revision"].split())
    for name in names:
        form = (find_form(name, revision) if revision else None) or find_form(name, None)
        if form is not None:
            return form
    newest = {form.name: form for form in all_forms()}
    return max(newest.values(), key=lambda form: _headings(extract, form))


def is_defined(name: str, revision: str | None) -> bool:
    """Whether there is a definition for just that revision."""
    return bool(revision) and find_form(name, revision) is not None


def _headings(extract: Extract, form: Form) -> int:
    count = 0
    parts = outlines(form).values()
    for block in extract.blocks:
        text = next((line for cell in block.cells for line in cell), "")
        if 0 < len(text) <= _LONGEST_HEADING:
            is_section = any(outline.section(text) for outline in parts)
            count += is_section or find_part(form, text) is not None
    return count

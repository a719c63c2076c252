"""Which form a source is written on, and why: by its cover, else by the headings that only one form has.

Where no revision is printed, the definition is taken that the headings fit, else the newest of the form.
May import: cover, extract, labels, forms, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pia_site.forms import Form, all_forms, find_form
from pia_site.sources.covers.cover import Cover, cover_lines, read_cover
from pia_site.sources.extract import Extract
from pia_site.sources.filling.labels import find_part, label_key, outlines, split_label
from pia_site.text.cleaning import matching_key

FORM_LINE = re.compile(
    r"[\[［(（]?\s*(?P<revision>(?:平成|令和)\s*(?:\d{1,2}|元)\s*年\s*\d{1,2}\s*月)\s*(?P<form>様式\s*\d)\s*[\]］)）]?"
)
_NEAR_THE_TOP = 400
"""Blocks of a source among which its cover stands."""
_LONGEST_HEADING = 80
_SHORTEST_PHRASE = 7
"""Characters of a heading that is looked for in running text."""
_FEWEST_HEADINGS = 3
_ENOUGH_PHRASES = 10
"""A few labels of another form may stand in what a body wrote."""


@dataclass(frozen=True, slots=True)
class ChosenForm:
    """The definition that a source is read by, the revision as printed, and in Japanese words why.

    `revision` is None where none is printed; there may be no definition of it. `sure` is False where the form
    was told by no word that belongs to it alone.
    """

    form: Form
    revision: str | None
    reason: str
    sure: bool

    @property
    def is_defined(self) -> bool:
        """Whether the definition is that of the printed revision."""
        return is_defined(self.form.name, self.revision)


def recognise_form(extract: Extract, cover: Cover | None = None) -> ChosenForm:
    """The form of a source with the reason. `cover` is what `read_cover` made of its head, if that is known."""
    cover = cover or read_cover(cover_lines(extract.blocks[:_NEAR_THE_TOP]))
    revision = cover.revision.value
    named = find_form(cover.form.value, revision) if cover.form.value else None
    if named is not None:
        form = named if revision else _of_its_headings(extract, named)
        return ChosenForm(form, revision, _named_reason(form, cover), sure=True)
    return _by_headings(extract, revision) or _by_phrases(extract, revision)


def count_headings(extract: Extract) -> int:
    """How many different headings of the form it fits best stand in a source, each on its own line."""
    numbered = list(_numbered_lines(extract))
    return max(len(set(_headings(numbered, form).values())) for form in all_forms())


def is_defined(name: str, revision: str | None) -> bool:
    """Whether there is a definition for just that revision."""
    found = find_form(name, revision) if revision else None
    return found is not None and found.revision == revision


def _named_reason(form: Form, cover: Cover) -> str:
    printed = f"[{cover.revision.value} {form.number}]" if cover.revision.value else ""
    words = "と".join(f"「{word}」" for word in (form.name, printed) if word)
    return f"表紙の{words}による" if cover.is_found else f"「{form.name}」という題による"


def _of_its_headings(extract: Extract, newest: Form) -> Form:
    """The definition of a form that a source without a revision fits: the smallest that has all its headings."""
    numbered = list(_numbered_lines(extract))
    same = [form for form in all_forms() if form.name == newest.name]
    counts = {form.id: len(_headings(numbered, form)) for form in same}
    if max(counts.values()) < _FEWEST_HEADINGS:
        return newest
    return max(same, key=lambda form: (counts[form.id], -_size(form)))


def _size(form: Form) -> int:
    return sum(len(part.sections) for part in form.parts)


# --- by what stands below the cover ---


def _newest() -> list[Form]:
    return list({form.name: form for form in all_forms()}.values())


def _by_headings(extract: Extract, revision: str | None) -> ChosenForm | None:
    """The form most of whose headings the source has. A heading that no other form has decides between two."""
    numbered = list(_numbered_lines(extract))
    found = {form.id: _headings(numbered, form) for form in all_forms()}
    own = {
        form.id: {
            block: title
            for block, title in found[form.id].items()
            if not any(block in found[other.id] for other in all_forms() if other.name != form.name)
        }
        for form in all_forms()
    }
    best = max(all_forms(), key=lambda form: (len(found[form.id]), len(own[form.id]), -_size(form)))
    count = len(found[best.id])
    if count < _FEWEST_HEADINGS:
        return None
    form = (find_form(best.name, revision) if revision else None) or best
    only = own[best.id]
    reason = f"見出しによる（{form.number}の見出しが{count}か所"
    if only:
        reason += f"、うち「{next(iter(only.values()))}」など{form.number}だけにあるものが{len(only)}か所"
    return ChosenForm(form, revision, f"{reason}）", sure=bool(only))


def _numbered_lines(extract: Extract) -> Iterator[tuple[int, str]]:
    """Every block that begins with a number, as headings do, and its first line."""
    for at, block in enumerate(extract.blocks):
        text = next((line for cell in block.cells for line in cell), "")
        if 0 < len(text) <= _LONGEST_HEADING and split_label(text)[0] is not None:
            yield at, text


def _headings(numbered: Iterable[tuple[int, str]], form: Form) -> dict[int, str]:
    """Every block that heads a part or a section of the form, with the form's own words for it."""
    parts = outlines(form).values()
    found: dict[int, str] = {}
    for at, text in numbered:
        sections = (section for outline in parts if (section := outline.section(text)) is not None)
        section = next(sections, None)
        part = find_part(form, text) if section is None else None
        if section is not None:
            found[at] = f"{section.number}．{section.title}"
        elif part is not None:
            found[at] = f"{part.printed} {part.title}"
    return found


def _by_phrases(extract: Extract, revision: str | None) -> ChosenForm:
    """The form whose own headings stand in the running text, where no line of it is a heading."""
    text = matching_key("".join(block.text for block in extract.blocks))
    found = {form.id: [title for key, title in _own_phrases(form) if key in text] for form in _newest()}
    best = max(reversed(_newest()), key=lambda form: len(found[form.id]))
    form = (find_form(best.name, revision) if revision else None) or best
    own = found[best.id]
    if not own:
        return ChosenForm(
            form, revision, f"様式を示す言葉がないため、仮に{form.number}として読む", sure=False
        )
    reason = f"本文の言葉による（「{own[0]}」など{form.number}だけにある見出しや項目名が{len(own)}種類）"
    return ChosenForm(form, revision, reason, sure=len(own) >= _ENOUGH_PHRASES)


@cache
def _own_phrases(form: Form) -> tuple[tuple[str, str], ...]:
    """The headings and labels that only this form prints: the key they are looked for by, and their words."""
    others = {key for other in _newest() if other is not form for key, _ in _phrases(other)}
    return tuple(
        (key, title)
        for key, title in dict.fromkeys(_phrases(form))
        if len(key) >= _SHORTEST_PHRASE and not any(key in other for other in others)
    )


def _phrases(form: Form) -> Iterable[tuple[str, str]]:
    for part in form.parts:
        if part.role == "cover":
            continue
        titles = [part.title, *(section.title for section in part.sections if section.title)]
        titles += [entry.item.label for entry in outlines(form)[part.step].items if entry.item.label]
        for title in titles:
            yield label_key(title), title

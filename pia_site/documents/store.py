"""All editions below a content folder, grouped into assessments.

May import: edition, read, problems.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pia_site.documents.edition import UNDATED, Assessment, Edition
from pia_site.documents.read import read_edition
from pia_site.problems import Problem, Severity


@dataclass(frozen=True)
class Content:
    """What a content folder holds. `broken` lists the files with an error, which are not in
    `assessments`."""

    assessments: tuple[Assessment, ...]
    problems: tuple[Problem, ...]
    broken: tuple[Path, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files of the sound editions."""
        editions = (edition for one in self.assessments for edition in one.editions)
        return tuple(edition.path for edition in editions if edition.path is not None)

    def without(self, unfit: Collection[Path]) -> Content:
        """The same content with more files left out, because a check across documents found them unfit."""
        kept = (
            Assessment(one.body, one.number, tuple(e for e in one.editions if e.path not in unfit))
            for one in self.assessments
        )
        left = tuple(one for one in kept if one.editions)
        return Content(left, self.problems, tuple(sorted({*self.broken, *unfit})))


def edition_paths(content: Path) -> list[Path]:
    """Every edition file below `<content>/jimu/`, import provenance left out."""
    found = (content / "jimu").rglob("*.yaml")
    return sorted(path for path in found if not path.name.endswith(".import.yaml"))


def read_content(content: Path) -> Content:
    """Read every edition; a file with an error is reported and left out, the others are kept."""
    problems: list[Problem] = []
    broken: list[Path] = []
    documents: dict[tuple[str, str], list[Edition]] = {}
    for path in edition_paths(content):
        edition, found = read_edition(path, content)
        problems += found
        if edition is None or any(one.severity is Severity.ERROR for one in found):
            broken.append(path)
            continue
        documents.setdefault((edition.body, edition.number), []).append(edition)
    assessments = tuple(
        Assessment(body, number, tuple(sorted(editions, key=_order)))
        for (body, number), editions in sorted(documents.items())
    )
    return Content(assessments, tuple(problems), tuple(broken))


def _order(edition: Edition) -> tuple[bool, str, int]:
    """Undated first, then by date; a second edition of one day (`-2`) after the first."""
    dated = not edition.published.startswith(UNDATED)
    date = edition.published[:10] if dated else UNDATED
    suffix = edition.published.removeprefix(date).removeprefix("-")
    return dated, date, int(suffix) if suffix.isdecimal() else 1

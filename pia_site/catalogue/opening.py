"""Content folder → catalogue, with everything that is wrong collected on the way.

A document with an error is reported and left out, whichever check found it, so that what is opened can
be published. May import: build, checks, registry, documents, problems.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pia_site.catalogue.build import Catalogue, build_catalogue
from pia_site.catalogue.checks import check_catalogue
from pia_site.catalogue.registry import load_registry
from pia_site.documents.store import read_content
from pia_site.problems import Problem, Severity


@dataclass(frozen=True)
class Opened:
    """The sound documents as a catalogue, all problems, and the edition files left out."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    broken: tuple[Path, ...]


def open_catalogue(content_dir: Path) -> Opened:
    """Reads `<content_dir>/jimu/` and `<content_dir>/registry/`."""
    content = read_content(content_dir)
    registry, registry_problems = load_registry(content_dir / "registry")
    catalogue = build_catalogue(content, registry)
    found = check_catalogue(catalogue)
    wrong = {one.location.path for one in found if one.severity is Severity.ERROR}
    unfit = {path for path in content.paths if path in wrong}
    if unfit:
        content = content.without(unfit)
        catalogue = build_catalogue(content, registry)
    return Opened(catalogue, (*content.problems, *registry_problems, *found), content.broken)

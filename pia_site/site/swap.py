"""Replacing a built site whole: `site.new` is written, then two renames put it in the old one's place.

Whatever the moment a build is killed, the site is the old one, or after the next command the new one:

    site                      finished; or, with site.new beside it, killed while writing: site.new goes
    site.old  site.new        killed between the renames: site.new was whole by then and takes its place
    site.old                  killed while undoing: the old site goes back
    site  site.old            killed while clearing up: site.old goes

May import: the standard library only.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stage:
    """The three folders of one site. They lie side by side, so that a rename moves a whole one."""

    site: Path

    @property
    def new(self) -> Path:
        return self.site.with_name(f"{self.site.name}.new")

    @property
    def old(self) -> Path:
        return self.site.with_name(f"{self.site.name}.old")


@dataclass(frozen=True, slots=True)
class Changes:
    """How the new site differs from the one before it, as paths below the site's root, in order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


NO_CHANGES = Changes()


def recover(stage: Stage) -> None:
    """Brings a killed build to an end: one whole site, and nothing beside it."""
    if not stage.site.exists():
        if stage.old.exists() and stage.new.exists():
            stage.new.rename(stage.site)
        elif stage.old.exists():
            stage.old.rename(stage.site)
    _remove(stage.new)
    _remove(stage.old)


def link_unchanged(stage: Stage) -> Changes:
    """Compares the new site with the present one and makes equal files one: they keep their time and
    take no room. Where the file system has no hard links the new copy stays."""
    before, after = _files(stage.site), _files(stage.new)
    changed, unchanged = [], 0
    for path in sorted(before & after):
        present, written = stage.site / path, stage.new / path
        if not filecmp.cmp(present, written, shallow=False):
            changed.append(path)
            continue
        unchanged += 1
        spare = written.with_name(f"{written.name}.link")
        try:
            os.link(present, spare)
            spare.replace(written)
        except OSError:
            spare.unlink(missing_ok=True)
    return Changes(tuple(sorted(after - before)), tuple(changed), tuple(sorted(before - after)), unchanged)


def swap_in(stage: Stage) -> None:
    """Puts the new site in the place of the present one. On an error the present one stays."""
    if not stage.site.exists():
        stage.new.rename(stage.site)
        return
    stage.site.rename(stage.old)
    try:
        stage.new.rename(stage.site)
    except OSError:
        stage.old.rename(stage.site)
        raise
    _remove(stage.old)


def discard(stage: Stage) -> None:
    """Drops what has been written of a new site."""
    _remove(stage.new)


def _files(folder: Path) -> set[str]:
    return {
        (Path(parent) / name).relative_to(folder).as_posix()
        for parent, _, names in os.walk(folder)
        for name in names
    }


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)

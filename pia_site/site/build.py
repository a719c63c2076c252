"""`pia-site build`: everything is read, everything wrong is reported, and a whole site takes the old
one's place only when no document has an error (or the sound ones are to be published without it).

May import: pages.output, problems, and this room.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pia_site.pages.output import RenderedSite
from pia_site.problems import Location, PiaSiteError, Problem, has_errors, in_file_order, problem
from pia_site.site.mkdocs_plugin import (
    Progress,
    Project,
    Render,
    no_progress,
    publishable,
    read_project,
    render_content,
    run_mkdocs,
)
from pia_site.site.swap import NO_CHANGES, Changes, Stage, discard, link_unchanged, recover, swap_in


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What came of a build."""

    site_dir: Path
    published: bool
    problems: tuple[Problem, ...]
    """Everything found, in file order."""
    broken: tuple[Path, ...] = ()
    """Files left out of a site that was published all the same (`keep_going`)."""
    notices: tuple[str, ...] = ()
    """Warnings of MkDocs, in its own words: broken links in hand-written pages and the like."""
    pages: int = 0
    changes: Changes = NO_CHANGES

    @property
    def exit_code(self) -> int:
        return 0 if self.published and not self.broken and not has_errors(self.problems) else 1


def build_site(
    project_dir: Path,
    *,
    keep_going: bool = False,
    progress: Progress = no_progress,
    render: Render = render_content,
    markdown_dir: Path | None = None,
) -> BuildOutcome:
    """Builds the project of `project_dir/mkdocs.yml` and swaps the site in.

    `markdown_dir` keeps the Markdown pages too. Raises `PiaSiteError` where there is no project or no
    file can be written; the present site is untouched then.
    """
    project = read_project(project_dir, keep_going=keep_going)
    stage = Stage(project.site_dir)
    try:
        recover(stage)
        progress("評価書を読む", 0, 0)
        site = render_safely(render, project)
        problems = tuple(in_file_order((*project.problems, *site.problems)))
        if not publishable(site, keep_going=keep_going):
            return BuildOutcome(project.site_dir, False, problems, site.broken)
        if markdown_dir is not None:
            write_markdown(site, markdown_dir)
        try:
            run = run_mkdocs(project, stage.new, prepared=site, progress=progress)
            if not run.finished:
                discard(stage)
                return BuildOutcome(project.site_dir, False, problems, site.broken, run.notices)
            progress("公開中のサイトと比べる", 0, 0)
            changes = link_unchanged(stage)
        except BaseException:
            discard(stage)
            raise
        swap_in(stage)
    except OSError as error:
        raise PiaSiteError([_cannot_write(error, project.site_dir)]) from error
    return BuildOutcome(project.site_dir, True, problems, site.broken, run.notices, len(site.pages), changes)


def render_safely(render: Render, project: Project) -> RenderedSite:
    """The project's pages; what could not go on comes back as problems too."""
    try:
        return render(project.content_dir, project.settings)
    except PiaSiteError as error:
        return RenderedSite((), error.problems)


def write_markdown(site: RenderedSite, folder: Path) -> None:
    """The generated pages as Markdown files, for reading or for another site builder."""
    for page in site.pages:
        path = folder / page.src_uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, encoding="utf-8", newline="\n")


def _cannot_write(error: OSError, site_dir: Path) -> Problem:
    path = Path(str(error.filename)) if error.filename else site_dir
    return problem("F007", Location(path), detail=error.strerror or str(error))

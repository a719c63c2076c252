"""`build_site`: all or nothing, and with `keep_going` what is sound."""

from dataclasses import replace
from pathlib import Path

import pytest
from stub_project import SOUND, Files, Project, broken_document, page

from pia_site.pages.output import RenderedSite
from pia_site.problems import PiaSiteError
from pia_site.site import build
from pia_site.site.build import build_site


def broken(project: Project) -> RenderedSite:
    path = project.folder / "content" / "jimu" / "mihon" / "1" / "2024-05-24.yaml"
    left_out = page("problems/index.md", "公開できなかった評価書")
    return replace(SOUND, pages=(*SOUND.pages, left_out), problems=(broken_document(path),), broken=(path,))


def test_a_sound_project_is_published(project: Project) -> None:
    outcome = build_site(project.folder, render=project.render)
    assert outcome.published
    assert outcome.exit_code == 0
    assert outcome.problems == ()
    assert outcome.notices == ()
    assert outcome.pages == len(SOUND.pages)
    assert "見本システム" in project.built("jimu/mihon/9/ii1/index.html")
    assert project.built("data/items.jsonl") == '{"id": "ii1-4-c1-3"}\n'
    assert project.rendered == 1


def test_building_again_changes_nothing(project: Project, files_below: Files) -> None:
    build_site(project.folder, render=project.render)
    before = files_below(project.folder / "site")
    times = {p: p.stat().st_mtime_ns for p in (project.folder / "site").rglob("*") if p.is_file()}
    outcome = build_site(project.folder, render=project.render)
    assert files_below(project.folder / "site") == before
    assert (outcome.changes.added, outcome.changes.changed, outcome.changes.removed) == ((), (), ())
    assert outcome.changes.unchanged == len(before)
    assert {p: p.stat().st_mtime_ns for p in times} == times


def test_an_error_leaves_the_present_site(project: Project, files_below: Files) -> None:
    build_site(project.folder, render=project.render)
    before = files_below(project.folder)
    project.site = broken(project)
    outcome = build_site(project.folder, render=project.render)
    assert (outcome.published, outcome.exit_code) == (False, 1)
    assert [p.code for p in outcome.problems] == ["F004"]
    assert files_below(project.folder) == before


def test_keep_going_publishes_the_sound_documents(project: Project) -> None:
    project.site = broken(project)
    outcome = build_site(project.folder, render=project.render, keep_going=True)
    assert (outcome.published, outcome.exit_code) == (True, 1)
    assert outcome.broken == project.site.broken
    assert "公開できなかった評価書" in project.built("problems/index.html")
    assert "見本システム" in project.built("jimu/mihon/9/ii1/index.html")


def test_keep_going_with_nothing_sound_publishes_nothing(project: Project) -> None:
    project.site = replace(broken(project), pages=())
    outcome = build_site(project.folder, render=project.render, keep_going=True)
    assert (outcome.published, outcome.exit_code) == (False, 1)
    assert not (project.folder / "site").exists()


def test_a_killed_build_leaves_the_old_site(
    project: Project, files_below: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(project.folder, render=project.render)
    before = files_below(project.folder / "site")
    project.site = replace(SOUND, data_files=(("data/items.jsonl", b"{}\n"),))

    class Killed(BaseException):
        pass

    def die(what: str, done: int, total: int) -> None:
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        build_site(project.folder, render=project.render, progress=die)
    assert files_below(project.folder / "site") == before

    # Killed for good, between the two renames: nothing gets to clear up.
    def die_between(stage: build.Stage) -> None:
        stage.site.rename(stage.old)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(build, "swap_in", die_between)
        with pytest.raises(Killed):
            build_site(project.folder, render=project.render)
    assert not (project.folder / "site").exists()
    project.site = broken(project)
    build_site(project.folder, render=project.render)
    assert project.built("data/items.jsonl") == "{}\n"
    assert not list(project.folder.glob("site.*"))


def test_the_markdown_pages_can_be_kept(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "markdown"
    build_site(project.folder, render=project.render, markdown_dir=folder)
    assert (folder / "jimu/mihon/9/ii1.md").read_text(encoding="utf-8") == SOUND.pages[2].markdown


def test_progress_counts_every_page(project: Project) -> None:
    steps: list[tuple[str, int, int]] = []
    build_site(project.folder, render=project.render, progress=lambda *step: steps.append(step))
    pages = [(done, total) for what, done, total in steps if what == "ページ"]
    assert pages == [(n, len(pages)) for n in range(1, len(pages) + 1)]


def test_what_mkdocs_warns_of_is_handed_on(project: Project) -> None:
    (project.folder / "content" / "about.md").write_text("# 説明\n\n[なし](nowhere.md)\n", encoding="utf-8")
    outcome = build_site(project.folder, render=project.render)
    assert outcome.published
    assert ["nowhere.md" in notice for notice in outcome.notices] == [True]


def test_unset_publisher_and_report_to_are_warnings(project: Project) -> None:
    config = project.folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("見本市 <情報政策課>", '""').replace("pia@example.jp", ""), encoding="utf-8"
    )
    outcome = build_site(project.folder, render=project.render)
    assert [(p.code, p.severity) for p in outcome.problems] == [("C002", "warning")] * 2
    assert outcome.exit_code == 0


@pytest.mark.parametrize(
    "text",
    ["site_name: [", "site_name: x\ntheme: {name: nowhere}\n", "docs_dir: content\n", "plugins: [nowhere]\n"],
)
def test_a_bad_mkdocs_yml_is_a_problem(project: Project, text: str) -> None:
    (project.folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(PiaSiteError) as caught:
        build_site(project.folder, render=project.render)
    assert [p.location.path for p in caught.value.problems] == [project.folder / "mkdocs.yml"]


def test_a_project_without_the_plugin_is_told_so(project: Project) -> None:
    config = project.folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("  - pia-site", "  []"), encoding="utf-8")
    outcome = build_site(project.folder, render=project.render)
    assert (outcome.published, outcome.exit_code) == (False, 1)
    assert "pia-site" in outcome.notices[-1]


def test_a_folder_without_a_project_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(PiaSiteError) as caught:
        build_site(tmp_path)
    assert [p.code for p in caught.value.problems] == ["F001"]

"""Whatever the moment a build is killed, there is one whole site after the next command."""

from pathlib import Path

import pytest

from pia_site.site.swap import Stage, link_unchanged, recover, swap_in


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path / "site")


def fill(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def words(stage: Stage) -> str:
    assert sorted(p.name for p in stage.site.parent.iterdir()) == ["site"]
    return (stage.site / "page").read_text(encoding="utf-8")


def test_killed_while_writing_leaves_the_old_site(stage: Stage) -> None:
    fill(stage.site, page="old")
    fill(stage.new, half="…")
    recover(stage)
    assert words(stage) == "old"


def test_killed_between_the_renames_the_new_site_takes_its_place(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(stage.site, page="old")
    fill(stage.new, page="new")
    renames = []
    rename = Path.rename

    def die_at_the_second(path: Path, target: Path) -> Path:
        renames.append(target)
        if len(renames) == 2:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", die_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            swap_in(stage)
    assert not stage.site.exists()
    recover(stage)
    assert words(stage) == "new"


def test_killed_before_clearing_up_keeps_the_new_site(stage: Stage) -> None:
    fill(stage.site, page="new")
    fill(stage.old, page="old")
    recover(stage)
    assert words(stage) == "new"


def test_an_old_site_alone_goes_back(stage: Stage) -> None:
    fill(stage.old, page="old")
    recover(stage)
    assert words(stage) == "old"


def test_a_first_build_that_was_killed_leaves_nothing(stage: Stage) -> None:
    fill(stage.new, page="half")
    recover(stage)
    assert list(stage.site.parent.iterdir()) == []


def test_a_rename_that_fails_puts_the_old_site_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(stage.site, page="old")
    fill(stage.new, page="new")
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == stage.new:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        with pytest.raises(PermissionError):
            swap_in(stage)
    recover(stage)
    assert words(stage) == "old"


def test_unchanged_files_become_one_and_differences_are_named(stage: Stage) -> None:
    fill(stage.site, page="same", changed="old", gone="x", deep__page="same")
    fill(stage.new, page="same", changed="new", added="x", deep__page="same")
    changes = link_unchanged(stage)
    assert (changes.added, changes.changed, changes.removed) == (("added",), ("changed",), ("gone",))
    assert changes.unchanged == 2
    assert (stage.new / "deep" / "page").samefile(stage.site / "deep" / "page")
    assert not (stage.new / "changed").samefile(stage.site / "changed")
    swap_in(stage)
    assert words(stage) == "same"
    assert (stage.site / "changed").read_text(encoding="utf-8") == "new"
    assert (stage.site / "page").stat().st_nlink == 1


def test_without_hard_links_the_copies_stay(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(stage.site, page="same")
    fill(stage.new, page="same")

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("os.link", refuse)
    assert link_unchanged(stage).unchanged == 1
    assert sorted(p.name for p in stage.new.iterdir()) == ["page"]

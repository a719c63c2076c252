"""The commands, run as a user runs them, on the fictional tree of tests/toy."""

import contextlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from pia_site.cli.main import cli
from pia_site.cli.report import print_problems
from pia_site.forms import all_forms
from pia_site.problems import Location, problem

ROOT = Path(__file__).resolve().parents[2]
TOY = ROOT / "tests" / "toy"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own: the toy content with this repository's theme and configuration."""
    shutil.copytree(TOY / "content", tmp_path / "content")
    (tmp_path / "theme").symlink_to(ROOT / "theme")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


@dataclass(frozen=True)
class Run:
    returncode: int
    stdout: str
    stderr: str


def pia_site(project: Path, *arguments: str) -> Run:
    """The command line in this process, from within the project's folder."""
    with contextlib.chdir(project):
        result = CliRunner().invoke(cli, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Run(result.exit_code, result.stdout, result.stderr)


def first_edition(project: Path) -> Path:
    return sorted((project / "content" / "jimu").rglob("*.yaml"))[0]


def test_the_toy_tree_has_no_error(project: Path) -> None:
    run = pia_site(project, "check")
    assert run.returncode == 0, run.stderr
    assert "エラー" not in run.stderr


def test_the_installed_command_reports_instead_of_raising(project: Path) -> None:
    first_edition(project).write_text("様式: [", encoding="utf-8")
    command = [sys.executable, "-m", "pia_site", "check"]
    run = subprocess.run(command, cwd=project, capture_output=True, check=False)
    assert run.returncode == 1
    assert "F004" in run.stderr.decode()
    assert b"Traceback" not in run.stderr


def break_unknown_key(text: str) -> str:
    return text.replace("事務の名称:", "事務の名前:", 1)


def break_choice(text: str) -> str:
    return re.sub(r"対象人数: .*", "対象人数: たくさん", text, count=1)


def break_date(text: str) -> str:
    return re.sub(r"保有開始日: .*", "保有開始日: 令和6年13月40日", text, count=1)


def break_duplicate(text: str) -> str:
    return text + "収録: 抄録\n"


def break_yaml(text: str) -> str:
    return text + "メモ: [\n"


BAD = {
    "unknown key": (break_unknown_key, "S001"),
    "choice not on the form": (break_choice, "V001"),
    "no date": (break_date, "V002"),
    "duplicate key": (break_duplicate, "F005"),
    "broken YAML": (break_yaml, "F004"),
    "empty": (lambda _: "", "F003"),
}


def errors_of(run: Run) -> list[dict[str, object]]:
    return [one for one in json.loads(run.stdout) if one["severity"] == "error"]


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_clear_problem(project: Path, name: str) -> None:
    breaker, code = BAD[name]
    path = first_edition(project)
    path.write_text(breaker(path.read_text("utf-8")), encoding="utf-8")
    run = pia_site(project, "check", "--format", "json")
    assert_one_problem(run, code, path.relative_to(project))


def test_a_file_that_is_not_utf8(project: Path) -> None:
    path = first_edition(project)
    path.write_bytes(path.read_text("utf-8").encode("cp932", errors="replace"))
    assert_one_problem(pia_site(project, "check", "--format", "json"), "F002", path.relative_to(project))


def test_an_unknown_body(project: Path) -> None:
    path = first_edition(project)
    moved = project / "content" / "jimu" / "dokoka-shi" / path.parent.name / path.name
    moved.parent.mkdir(parents=True)
    path.rename(moved)
    run = pia_site(project, "check", "--format", "json")
    assert_one_problem(run, "S006", moved.relative_to(project))


def assert_one_problem(run: Run, code: str, path: Path) -> None:
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    errors = errors_of(run)
    assert [one["code"] for one in errors] == [code]
    (error,) = errors
    assert error["file"] == str(path)
    assert isinstance(error["line"], int)
    for text in (error["message"], error["hint"]):
        assert isinstance(text, str)
        assert re.search(r"[ぁ-ん]", text)


def test_build_keeps_the_old_site_until_the_content_is_sound(project: Path) -> None:
    assert pia_site(project, "build").returncode == 0
    before = (project / "site" / "index.html").read_bytes()
    path = first_edition(project)
    broken = path.parent.relative_to(project / "content")
    path.write_text(break_choice(path.read_text("utf-8")), encoding="utf-8")

    refused = pia_site(project, "build")
    assert refused.returncode == 1
    assert "V001" in refused.stderr
    assert (project / "site" / "index.html").read_bytes() == before
    assert (project / "site" / broken / "index.html").exists()

    kept_going = pia_site(project, "build", "--keep-going")
    assert kept_going.returncode == 1
    assert "V001" in kept_going.stderr
    assert not (project / "site" / broken / path.stem).exists()
    others = [one for one in sorted((project / "content/jimu").rglob("*.yaml")) if one.parent != path.parent]
    assert others
    for other in others:
        page = project / "site" / other.parent.relative_to(project / "content") / other.stem / "index.html"
        assert page.exists()


def test_new_writes_an_edition_that_has_no_error(project: Path) -> None:
    run = pia_site(project, "new", "--form", "様式4", "--body", "mihon-city", "--number", "99")
    assert run.returncode == 0, run.stderr
    path = project / run.stdout.strip()
    checked = pia_site(project, "check", str(path), "--format", "json")
    assert errors_of(checked) == []
    assert (
        pia_site(project, "new", "--form", "様式4", "--body", "mihon-city", "--number", "99").returncode == 1
    )


def test_every_edition_fits_its_schema() -> None:
    schemas = {}
    for form in all_forms():
        path = ROOT / "content" / "schema" / f"{form.id}.json"
        schemas[form.name, form.revision] = json.loads(path.read_text("utf-8"))
    contents = [ROOT / "content", TOY / "content"]
    paths = [path for content in contents for path in sorted((content / "jimu").rglob("*.yaml"))]
    editions = [path for path in paths if not path.name.endswith(".import.yaml")]
    assert editions
    for path in editions:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        revision = data["様式の版"] if data["様式の版"] != "不明" else "平成30年5月"
        jsonschema.validate(data, schemas[data["様式"], revision])


def test_the_published_schemas_are_those_of_the_forms(project: Path) -> None:
    assert pia_site(project, "schema", "--into", "content").returncode == 0
    for path in sorted((ROOT / "content" / "schema").glob("*.json")):
        assert (project / "content" / "schema" / path.name).read_text("utf-8") == path.read_text("utf-8")


@pytest.mark.parametrize("what", ["items", "changes", "documents"])
def test_export_prints_json_lines(project: Path, what: str) -> None:
    run = pia_site(project, "export", what)
    assert run.returncode == 0, run.stderr
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert rows
    assert all(row["document"].startswith("mihon-") for row in rows)


def test_exported_items_have_the_agreed_keys_and_order(project: Path) -> None:
    run = pia_site(project, "export", "items", str(first_edition(project)))
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    agreed = ["document", "edition", "id", "part", "section", "group", "label", "file", "kind"]
    assert all(list(row)[: len(agreed)] == agreed for row in rows)
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    assert {row["state"] for row in rows} <= {"present", "withheld", "blank", "dash", "lost"}


def test_problems_as_github_annotations(capsys: pytest.CaptureFixture[str]) -> None:
    found = problem("V005", Location(Path("a.yaml"), 3, "ii1-4-a-o1"), label="件数", value="五")
    print_problems([found], "github")
    line = capsys.readouterr().out
    assert line.startswith("::error file=a.yaml,line=3,title=V005::")


@pytest.mark.parametrize("slug", ["../x", "a/b", "いわき", "A", "a--b", ""])
def test_a_slug_can_lead_nowhere_else(project: Path, slug: str) -> None:
    before = sorted(project.rglob("*"))
    for body, number in ((slug, "1"), ("mihon-city", slug)):
        run = pia_site(project, "new", "--form", "様式3", "--body", body, "--number", number)
        assert run.returncode == 2
        assert "半角の英小文字" in run.stderr
    assert sorted(project.rglob("*")) == before


def test_documents_left_out_are_listed_on_a_page(project: Path) -> None:
    path = first_edition(project)
    path.write_text(break_choice(path.read_text("utf-8")), encoding="utf-8")
    assert pia_site(project, "build", "--keep-going").returncode == 1
    page = (project / "site" / "data" / "left-out" / "index.html").read_text("utf-8")
    assert path.relative_to(project / "content").as_posix() in page
    assert "選択肢にありません" in page
    assert "data/left-out/" in (project / "site" / "index.html").read_text("utf-8")


def test_what_a_link_points_at_outside_is_not_published(project: Path) -> None:
    (project / "secret.txt").write_text("ひみつ", encoding="utf-8")
    (project / "content" / "leak.txt").symlink_to(project / "secret.txt")
    assert pia_site(project, "build").returncode == 0
    assert not (project / "site" / "leak.txt").exists()

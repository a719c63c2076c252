"""All editions of a content folder: what counts as one, what is left out, in which order they come."""

from pathlib import Path

from pia_site.documents.blank import blank_edition
from pia_site.documents.edition import UNDATED
from pia_site.documents.store import edition_paths, read_content
from pia_site.documents.write import save_edition
from pia_site.forms import form_by_id

FORM = form_by_id("basic-2014-04")
BLANK_DATE = '  公表日: ""\n'


def put(content: Path, body: str, number: str, name: str, written: str | None = None) -> Path:
    """A blank edition in its place; `written` is its 公表日."""
    path = content / "jimu" / body / number / f"{name}.yaml"
    save_edition(blank_edition(FORM, body=body, number=number), path)
    if written is not None:
        text = path.read_text(encoding="utf-8")
        assert text.count(BLANK_DATE) == 1
        path.write_text(text.replace(BLANK_DATE, f"  公表日: {written}\n"), encoding="utf-8")
    return path


def test_editions_come_undated_first_then_by_day_and_number(tmp_path: Path) -> None:
    april = "令和6年4月1日"
    for name, written in [
        ("2024-04-01-10", april),
        ("2024-04-01-2", april),
        ("undated-2", None),
        ("2025-01-01", "令和7年1月1日"),
        ("2024-04-01", april),
        ("2009-12-31", "平成21年12月31日"),
        ("undated", None),
    ]:
        put(tmp_path, "mihon", "1", name, written)
    content = read_content(tmp_path)
    assert (content.problems, content.broken) == ((), ())
    (assessment,) = content.assessments
    assert [edition.published for edition in assessment.editions] == [
        *("undated", "undated-2", "2009-12-31", "2024-04-01", "2024-04-01-2", "2024-04-01-10", "2025-01-01")
    ]
    assert assessment.newest.published == "2025-01-01"


def test_assessments_are_grouped_by_body_and_number(tmp_path: Path) -> None:
    for body, number in [("mihon", "2"), ("mihon", "1"), ("aomihon", "1")]:
        put(tmp_path, body, number, UNDATED)
    content = read_content(tmp_path)
    assert [one.document for one in content.assessments] == ["aomihon/1", "mihon/1", "mihon/2"]


def test_import_provenance_and_other_files_are_no_editions(tmp_path: Path) -> None:
    path = put(tmp_path, "mihon", "1", "undated")
    for name in ("undated.import.yaml", "undated.yaml.new", "undated.yml", "メモ.txt"):
        path.with_name(name).write_text("- 評価書ではない\n", encoding="utf-8")
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "bodies.yaml").write_text("- 評価書ではない\n", encoding="utf-8")
    assert edition_paths(tmp_path) == [path]
    assert read_content(tmp_path).problems == ()


def test_a_broken_file_is_reported_and_the_others_are_kept(tmp_path: Path) -> None:
    put(tmp_path, "mihon", "1", "undated")
    unreadable = put(tmp_path, "mihon", "2", "undated")
    unreadable.write_text("様式: [", encoding="utf-8")
    wrong = put(tmp_path, "mihon", "3", "2024-04-01", "令和6年13月40日")
    put(tmp_path, "mihon", "4", "2020-09-25", "平成32年9月25日")
    content = read_content(tmp_path)
    assert content.broken == (unreadable, wrong)
    assert [one.document for one in content.assessments] == ["mihon/1", "mihon/4"]
    assert [(found.code, found.location.path) for found in content.problems] == [
        ("F004", unreadable),
        ("V002", wrong),
        ("V003", tmp_path / "jimu" / "mihon" / "4" / "2020-09-25.yaml"),
    ]


def test_a_folder_without_editions_is_empty(tmp_path: Path) -> None:
    content = read_content(tmp_path)
    assert (content.assessments, content.problems, content.broken) == ((), (), ())

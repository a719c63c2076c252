"""The form definitions against the evidence: forms.yaml, and the labels that the source documents print."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pia_site.forms import Block, Form, Group, Item, Kind, Node, Part, Section, form_by_id
from pia_site.text.cleaning import is_dash, repair_damage
from pia_site.text.marked_yaml import read_yaml

FORMS = {"様式3": form_by_id("priority-2018-05"), "様式4": form_by_id("full-2018-05")}
EACH = pytest.mark.parametrize("name", FORMS)

# --- forms.yaml ---


@dataclass(frozen=True)
class Row:
    """One item of either list, in the words of forms.yaml."""

    part: str
    section: str
    group: str
    number: str
    label: str
    parent: str
    kind: str
    star: bool
    star_excluded: bool
    options: tuple[str, ...]
    option_groups: tuple[tuple[str, tuple[str, ...]], ...]
    fills: tuple[str, ...]
    heading_is_label: bool
    preprinted: str


def stated_rows(form: dict[str, Any]) -> Iterator[Row]:
    for part in form["parts"]:
        for section in part["sections"]:
            for entry in section["body"]:
                group = entry.get("group", "")
                for item in entry["items"] if group else [entry]:
                    yield stated_row(part["part"], section["section"], group, item)


def stated_row(part: str, section: str, group: str, item: dict[str, Any]) -> Row:
    label = item["label"]
    if group.endswith("n") and group[:-1] == label:
        label = "名称"
    if item["kind"] == "count":
        label = item["label"].removeprefix("委託の有無(").removesuffix("件数)") + "件数)"
        label = "件数" if label == "件数)" else label
    preprinted = item.get("preprinted", "")
    return Row(
        part=part,
        section=section,
        group={"(five risks, one body)": "リスク"}.get(group, group.removesuffix("n")),
        number=item["number"],
        label=label,
        parent=item["parent"],
        kind=item["kind"],
        star=item["star"] == "true",
        star_excluded=item.get("star_excluded") == "true",
        options=tuple(item.get("options", [])),
        option_groups=tuple((k, tuple(v)) for k, v in item.get("option_groups", {}).items()),
        fills=tuple(item.get("fills", [])),
        heading_is_label=item.get("heading_is_label") == "true",
        # The cover's form line says so with a flag, not with its text.
        preprinted="" if preprinted == "true" else preprinted,
    )


def defined_rows(form: Form) -> Iterator[Row]:
    for part in form.parts:
        for section in part.sections:
            yield from rows_below(part, section, section.nodes, "", "")


def rows_below(
    part: Part, section: Section, nodes: tuple[Node, ...], group: str, parent: str
) -> Iterator[Row]:
    for node in nodes:
        if isinstance(node, Group) or (isinstance(node, Block) and node.step):
            yield from rows_below(part, section, node.nodes, node.label, parent)
        elif isinstance(node, Block):
            yield from rows_below(part, section, node.nodes, group, f"{node.number or ''}{node.label}")
        else:
            yield defined_row(part, section, group, parent, node)
            counts = tuple(fill for fill in node.fills if fill.kind is Kind.COUNT)
            yield from rows_below(part, section, (*counts, *node.children), group, node.printed)


def defined_row(part: Part, section: Section, group: str, parent: str, item: Item) -> Row:
    return Row(
        part=part.printed,
        section=section.number or "",
        group=group,
        number=item.number or "",
        label=item.label,
        parent="委託の有無" if item.label == "件数" else parent,
        kind=item.kind.exported,
        star=item.star,
        star_excluded=item.star_excluded,
        options=item.options,
        option_groups=item.option_groups,
        fills=tuple(str(fill.fill_of) for fill in item.fills if fill.kind is not Kind.COUNT),
        heading_is_label=item.heading_is_label,
        preprinted=item.preprinted or "",
    )


@pytest.fixture(scope="module")
def stated(sources: Path) -> dict[str, Any]:
    """The lists of forms.yaml by form."""
    data: Any = read_yaml(sources.parent / "forms.yaml").plain()
    return {form["form"]: form for form in data["forms"]}


@EACH
def test_items_are_those_of_forms_yaml_in_the_same_order(stated: dict[str, Any], name: str) -> None:
    expected, actual = list(stated_rows(stated[name])), list(defined_rows(FORMS[name]))
    assert len(expected) == int(stated[name]["items"])
    assert [row for row in expected if row not in actual] == []
    assert actual == expected


@EACH
def test_parts_and_sections_are_those_of_forms_yaml(stated: dict[str, Any], name: str) -> None:
    expected: list[tuple[object, ...]] = []
    for part in stated[name]["parts"]:
        expected.append((part["part"], part["title"], part["star"] == "true", part.get("star_text", "")))
        for section in part["sections"]:
            expected.append((section["section"], section["title"], section["star"] == "true"))
    actual: list[tuple[object, ...]] = []
    for defined in FORMS[name].parts:
        actual.append((defined.printed, defined.title, defined.star, defined.star_text or ""))
        actual += [(s.number or "", s.title or "", s.star) for s in defined.sections]
    assert actual == expected


@EACH
def test_risks_have_the_titles_of_forms_yaml(stated: dict[str, Any], name: str) -> None:
    expected = []
    for part in stated[name]["parts"]:
        for section in part["sections"]:
            for entry in section["body"]:
                if "title" in entry or "titles" in entry:
                    expected.append(tuple(entry.get("titles") or [entry["title"]]))
    sections = [section for part in FORMS[name].parts for section in part.sections]
    blocks = [node for section in sections for node in section.nodes if isinstance(node, Block)]
    assert [block.titles for block in blocks if block.step] == expected


@EACH
def test_name_and_revision_are_those_of_forms_yaml(stated: dict[str, Any], name: str) -> None:
    form = FORMS[name]
    assert (form.number, form.name, form.revision) == (name, stated[name]["name"], stated[name]["revision"])


# --- what the table-shaped sources print ---

DOCUMENTS = {"000": "様式3", "001": "様式3", "002": "様式4", "003": "様式4"}
# Where the sources disagree, forms.md says which wording is the undamaged one.
DAMAGE = (
    ("必要な情報との紐付け", "必要のない情報との紐付け"),
    ("必要なない情報との紐付け", "必要のない情報との紐付け"),
    ("特定個人情報漏えい", "特定個人情報が漏えい"),
    ("従業員に対する教育", "従業者に対する教育"),
    ("ルール内容及び", "ルールの内容及び"),
)
LONGEST_LABEL = 80
CHANGE_COLUMNS = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")


def fold(text: str) -> str:
    """A label without what varies in print: width, spaces, ※, Markdown, tags and known damage."""
    plain = repair_damage(re.sub(r"</?[A-Za-z][^>]*>", "", text))
    folded = re.sub(r"[\s※#*]", "", unicodedata.normalize("NFKC", plain))
    for damaged, mended in DAMAGE:
        folded = folded.replace(damaged, mended)
    return re.sub(r"^(システム|委託事項|提供先|移転先)\d+(~\d+)?$", r"\1", folded)


def defined_labels(form: Form) -> set[str]:
    labels = set(CHANGE_COLUMNS)
    for part in form.parts:
        in_contents = f"{part.printed}{part.title}"
        labels |= {in_contents, f"{in_contents}{part.star_text or ''}", f"({part.printed}){part.title}"}
        for section in part.sections:
            if section.title:
                labels.add(f"{section.number}.{section.title}")
            labels |= set(labels_below(section.nodes))
    return {fold(label) for label in labels}


def labels_below(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Item):
            yield node.printed
            yield from labels_below(node.items)
            continue
        if isinstance(node, Block):
            yield f"{node.number or ''}{node.label}"
            yield "".join(node.titles)
            yield from (f"{node.label}:{title}" for title in node.titles)
        else:
            yield node.label
        yield from labels_below(node.nodes)


def first_cells(lines: list[str]) -> set[str]:
    return {fold(line.split("\t")[0]) for line in lines if "\t" in line}


def read_form_pages(folder: Path, name: str) -> list[str]:
    """The lines of a source up to its table of 変更箇所, which quotes labels in many spellings."""
    (path,) = folder.glob(f"{name}_*.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    ends = [n for n, line in enumerate(lines) if re.match(r"#*\s*\(別添\d\)\s*変更箇所", line)]
    return lines[: ends[1]] if len(ends) > 1 else lines


def printed_labels(lines: list[str], shared: set[str]) -> Iterator[tuple[int, str]]:
    """What looks like a label, told without looking at a definition: circled numbers, numbered headings,
    risks, parts, first cells that more than one document has, and what stands beside a row heading."""
    for number, line in enumerate(lines, start=1):
        first, *others = line.split("\t")
        label = fold(first)
        heading = re.match(r"[#\s]*(?:\d{1,2}[.．]\s|リスク\s?\d?\s?[:：]|[IVⅠ-Ⅵ]{1,3}\s|\(別添\d\))", first)
        circled = bool(others) and re.match(r"\s*[①-⑳]", first)
        if (heading or circled or (others and label in shared)) and len(label) <= LONGEST_LABEL:
            yield number, label
        below = re.match(r"[^\[<\s]+", others[0].strip()) if len(others) > 1 else None
        # Beside an empty cell, 再委託, or a heading whose own cell leaves room for a label and its text.
        if below and (label in ("", "再委託") or (circled and others[1].strip())):
            yield number, fold(below[0])


@pytest.mark.sources
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_printed_label_has_its_item(sources: Path, name: str) -> None:
    pages = {one: read_form_pages(sources, one) for one in DOCUMENTS}
    cells = Counter(cell for lines in pages.values() for cell in first_cells(lines))
    values = {cell for cell in cells if is_dash(cell) or not cell or cell.isdigit()}
    shared = {cell for cell, count in cells.items() if count > 1} - values
    known = defined_labels(FORMS[DOCUMENTS[name]])
    found = list(printed_labels(pages[name], shared))
    assert len({label for _, label in found}) > 110
    missing = [f"{name}:{line} {label}" for line, label in found if label not in known]
    assert not missing, "labels without an item:\n" + "\n".join(missing)

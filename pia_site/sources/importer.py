"""One source file → edition YAML, its provenance and what was left over.

Chooses the reader by looking at the text, the form by what is printed, the body and the number by what is
asked for, printed or registered. The file itself is only read.
May import: every module of this room, documents, forms, text, problems.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pia_site import __version__
from pia_site.documents import keys
from pia_site.documents.answers import State
from pia_site.documents.edition import UNDATED, Annex, Edition, OfficialSource
from pia_site.documents.provenance import (
    INFERRED,
    SURE,
    UNDECIDED,
    ItemOrigin,
    Provenance,
    SourceFile,
    dump_provenance,
    line_ranges,
    provenance_path,
)
from pia_site.documents.write import save_edition
from pia_site.problems import Location, PiaSiteError, Problem, problem
from pia_site.sources.abstract import Withheld, abstract
from pia_site.sources.account import Account, settle
from pia_site.sources.assemble import Assembled, Origin, assemble
from pia_site.sources.extract import Extract, Leftover
from pia_site.sources.fill import fill
from pia_site.sources.filled import Filled
from pia_site.sources.officials import Masker
from pia_site.sources.raw_fill import fill_raw
from pia_site.sources.raw_text import read_raw_text
from pia_site.sources.table_text import read_table_text
from pia_site.sources.which_form import choose_form, is_defined
from pia_site.sources.whose import UNKNOWN_SLUG, find_body, find_number
from pia_site.text.marked_yaml import read_text
from pia_site.text.wareki import WrittenDate

_FEWEST_HEADINGS = 8
"""A text in which fewer headings and labels of a form are recognised is no 評価書."""
_FEWEST_ROWS = 5


@dataclass(frozen=True)
class ImportResult:
    """What an import made. `counts` counts the answers by state."""

    edition: Edition
    path: Path
    provenance: Path
    review: Path
    leftovers: tuple[Leftover, ...]
    problems: tuple[Problem, ...]
    counts: dict[str, int]


def import_source(
    path: Path,
    *,
    into: Path,
    abstract: bool = False,
    body: str | None = None,
    number: str | None = None,
    force: bool = False,
) -> ImportResult:
    """Import one file below `into`. Raises `PiaSiteError` where no edition can be made of it."""
    text = read_text(path)
    read = read_edition_text(
        text,
        name=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        registry=into / "registry",
        body=body,
        number=number,
    )
    if read is None:
        raise PiaSiteError([problem("I003", Location(path))])
    return _write(read, path, into, as_abstract=abstract, force=force)


@dataclass(frozen=True)
class ReadText:
    """An edition in memory with everything that is known of how it was read."""

    edition: Edition
    extract: Extract
    origins: dict[str, Origin]
    leftovers: tuple[Leftover, ...]
    account: Account
    problems: tuple[Problem, ...]


def read_edition_text(
    text: str,
    *,
    name: str,
    sha256: str,
    registry: Path | None = None,
    body: str | None = None,
    number: str | None = None,
) -> ReadText | None:
    """The full edition that a text holds; None where it is no 評価書 of a known form."""
    filled, extract = _read(text, name, sha256)
    if filled is None:
        return None
    masker = Masker()
    made = assemble(filled, masker)
    revision = filled.revision if is_defined(filled.form.name, filled.revision) else None
    edition = Edition(
        body="",
        number="",
        published=UNDATED,
        form=filled.form,
        revision_written=revision or keys.UNKNOWN,
        abridged=False,
        official=OfficialSource(keys.UNKNOWN, keys.UNKNOWN),
        answers=made.answers,
        copies=made.copies,
        groups=made.groups,
        covered_files=made.covered_files,
        changes=made.changes,
        annexes=tuple(
            Annex(f"annex{count}", name, title, None, ())
            for count, (name, title) in enumerate(filled.annexes, start=1)
        ),
    )
    edition, problems = _named(edition, registry, body, number)
    account, left = settle(extract, filled, made.read)
    leftovers = tuple(replace(one, text=masker.anywhere(one.text)) for one in left)
    return ReadText(
        edition, extract, made.origins, leftovers, account, (*problems, *_reported(made, leftovers))
    )


def _read(text: str, name: str, sha256: str) -> tuple[Filled | None, Extract]:
    """The text held against the form that it prints the name of, or the most headings."""
    if _has_tables(text):
        extract = read_table_text(text, name, sha256)
        filled = fill(extract, choose_form(extract))
    else:
        raw = read_raw_text(text, name, sha256)
        extract = raw.extract
        filled = fill_raw(raw, choose_form(extract))
    return (filled if filled.headings >= _FEWEST_HEADINGS else None), extract


def _has_tables(text: str) -> bool:
    """Whether the rows of the tables survived: a form is little else than tables."""
    return sum("\t" in line.rstrip("\r") or line.count("|") > 2 for line in text.split("\n")) >= _FEWEST_ROWS


def _named(
    edition: Edition, registry: Path | None, body: str | None, number: str | None
) -> tuple[Edition, list[Problem]]:
    """The edition with its body, number, date and official source."""
    problems = []
    agency = edition.answer_to("評価実施機関名", "cover")
    written = agency.as_text() if agency else ""
    known = find_body(registry, written, body)
    slug = body or (known.slug if known else UNKNOWN_SLUG)
    if slug == UNKNOWN_SLUG:
        problems.append(problem("I002", Location()))
    printed = edition.answer_to("評価書番号", "cover")
    jimu = edition.answer_to("事務の名称", "basics")
    chosen = find_number(known, number, printed.as_text() if printed else "", jimu.as_text() if jimu else "")
    name = (known.name if known else None) or written or keys.UNKNOWN
    return (
        replace(
            edition,
            body=slug,
            number=chosen,
            published=_published(edition.published_on),
            official=OfficialSource(name, keys.UNKNOWN),
        ),
        problems,
    )


def _published(date: WrittenDate | None) -> str:
    return (date.iso if date else None) or UNDATED


def _reported(made: Assembled, leftovers: tuple[Leftover, ...]) -> list[Problem]:
    problems = list(made.problems)
    if leftovers:
        problems.append(problem("I001", Location(None, leftovers[0].first), count=len(leftovers)))
    return problems


# --- writing ---


def _write(read: ReadText, source: Path, into: Path, *, as_abstract: bool, force: bool) -> ImportResult:
    edition, withheld = read.edition, dict[str, Withheld]()
    if as_abstract:
        edition, withheld = abstract(edition)
    path = into / "jimu" / edition.body / edition.number / f"{edition.published}.yaml"
    if path.exists() and not force:
        raise PiaSiteError([problem("I005", Location(source), target=path)])
    edition = replace(edition, path=path)
    save_edition(edition, path)
    sidecar = provenance_path(path)
    sidecar.write_text(dump_provenance(_provenance(read, withheld)), encoding="utf-8", newline="\n")
    review = _review(edition, into, read.leftovers)
    return ImportResult(
        edition=edition,
        path=path,
        provenance=sidecar,
        review=review,
        leftovers=read.leftovers,
        problems=tuple(one.at(source) for one in read.problems),
        counts=_counts(edition),
    )


def _counts(edition: Edition) -> dict[str, int]:
    found = Counter(answer.state for answer in edition.answers.values())
    return {state.value: found[state] for state in State}


def _provenance(read: ReadText, withheld: dict[str, Withheld]) -> Provenance:
    items: dict[str, ItemOrigin] = {}
    for address in (*read.edition.answers, *(row.address for row in read.edition.changes)):
        origin = read.origins.get(address)
        if origin is not None:
            items[address] = ItemOrigin(
                lines=line_ranges(origin.lines), cell=origin.cell, certainty=_certainty(origin)
            )
        for side in (address, *(f"{address}-{side}" for side in ("before", "after", "reason"))):
            if side in withheld:
                kept = {"length": withheld[side].length, "fingerprint": withheld[side].fingerprint}
                items[side] = items.get(side, ItemOrigin()).model_copy(update=kept)
    return Provenance(
        source=SourceFile(name=read.extract.source, sha256=read.extract.sha256),
        importer=f"pia-site {__version__}",
        items=items,
    )


def _certainty(origin: Origin) -> str:
    return UNDECIDED if origin.undecided else SURE if origin.sure else INFERRED


def _review(edition: Edition, into: Path, leftovers: Iterable[Leftover]) -> Path:
    """Leftover text goes where git does not look: it is the body's wording."""
    folder = _project(into) / ".pia"
    path = folder / "review" / edition.body / edition.number / f"{edition.published}.leftovers.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    lines = [f"{_where(one)}\t{one.text}\n" for one in leftovers]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path


def _where(leftover: Leftover) -> str:
    return f"{leftover.first}" if leftover.first == leftover.last else f"{leftover.first}-{leftover.last}"


def _project(into: Path) -> Path:
    """The project a content folder belongs to, or the folder itself."""
    for folder in (into, *into.absolute().parents):
        if (folder / "mkdocs.yml").is_file() or (folder / ".git").exists():
            return folder
    return into

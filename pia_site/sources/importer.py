"""One source file → edition YAML, its provenance and its review page; or what a new reading would change.

Nothing that stands in `content/` is overwritten: where the edition is there already, the new reading is merged
with it, and without `accept` only proposed. The source file itself is only read.
May import: every module of this room, documents, problems.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pia_site.documents.answers import State
from pia_site.documents.edition import Edition
from pia_site.documents.provenance import (
    Provenance,
    dump_provenance,
    provenance_path,
    read_provenance,
    source_digest,
)
from pia_site.documents.read import read_edition
from pia_site.documents.store import edition_paths
from pia_site.documents.write import save_edition
from pia_site.problems import Location, PiaSiteError, Problem, has_errors, problem
from pia_site.sources.abstract import Withheld, abstract
from pia_site.sources.account import Account
from pia_site.sources.extract import Leftover
from pia_site.sources.imprint import imprints
from pia_site.sources.merge import Merged, Proposal, merge
from pia_site.sources.readers.formats import read_source
from pia_site.sources.reading import Reading, read_assessment
from pia_site.sources.review.page import write_review
from pia_site.sources.traces import trace


@dataclass(frozen=True)
class ImportResult:
    """What an import made. `counts` counts the answers by state.

    `proposals` are the places where the source says something else than at the last import; they are `taken`
    where that was asked for. `is_new`: there was no such edition before.
    """

    edition: Edition
    path: Path
    provenance: Path
    review: Path
    leftovers: tuple[Leftover, ...]
    account: Account
    problems: tuple[Problem, ...]
    counts: dict[str, int]
    proposals: tuple[Proposal, ...]
    is_new: bool


def import_source(
    path: Path,
    *,
    into: Path,
    abstract: bool = False,
    body: str | None = None,
    number: str | None = None,
    accept: bool = False,
) -> ImportResult:
    """Import one file below `into`, or propose what it changes. Raises `PiaSiteError` where no edition can be
    made of it, or where the edition that is there cannot be read."""
    source = read_source(path)
    try:
        read = read_assessment(source, registry=into / "registry", body=body, number=number)
    except PiaSiteError as error:
        raise PiaSiteError([one.at(path) for one in error.problems]) from None
    target = _target(read, into, asked=body is not None or number is not None)
    if target.exists():
        return _merge(read, path, target, into, accept=accept)
    edition, withheld = _abridged(read.edition, abstract)
    edition = replace(edition, path=target)
    _save(edition, trace(read, withheld))
    return _result(read, path, edition, into, None)


def _target(read: Reading, into: Path, *, asked: bool) -> Path:
    """Where the edition goes: where an import of the same file went before, also if it was moved there since,
    unless body or number are asked for."""
    edition = read.edition
    path = into / "jimu" / edition.body / edition.number / f"{edition.published}.yaml"
    if asked or path.exists():
        return path
    known = (one for one in edition_paths(into) if source_digest(one) == read.extract.sha256)
    return next(known, path)


def _abridged(edition: Edition, as_abstract: bool) -> tuple[Edition, dict[str, Withheld]]:
    return abstract(edition) if as_abstract else (edition, {})


def _save(edition: Edition, provenance: Provenance) -> None:
    assert edition.path is not None
    save_edition(edition, edition.path)
    _save_provenance(edition.path, provenance)


def _save_provenance(path: Path, provenance: Provenance) -> None:
    provenance_path(path).write_text(dump_provenance(provenance), encoding="utf-8", newline="\n")


def _merge(read: Reading, source: Path, target: Path, into: Path, *, accept: bool) -> ImportResult:
    current, problems = read_edition(target, into)
    if current is None or has_errors(problems):
        raise PiaSiteError([*problems, problem("I011", Location(target))])
    if current.form.id != read.edition.form.id:
        found = f"{read.edition.form.name}（{read.edition.revision_written}）"
        raise PiaSiteError([problem("I012", Location(target), found=found)])
    imported, withheld = _abridged(read.edition, current.abridged)
    merged = merge(current, imported, _base(target), imprints(read.edition))
    if accept:
        if merged.proposals:
            save_edition(merged.edition, target)
        # Also where nothing changed: from now on every place has a fingerprint to compare with.
        _save_provenance(target, trace(read, withheld))
    return _result(
        read,
        source,
        merged.edition if accept else current,
        into,
        merged,
        problems=_proposed(merged, target, _cause(read, target), accept=accept),
        taken=accept,
    )


def _base(target: Path) -> Mapping[str, str]:
    """The fingerprints of the last import; none where the edition was not imported."""
    sidecar = provenance_path(target)
    if not sidecar.is_file():
        return {}
    items = read_provenance(sidecar).items
    return {address: origin.fingerprint for address, origin in items.items() if origin.fingerprint}


def _cause(read: Reading, target: Path) -> str:
    """The body changed its document, or it is read better now: two different events."""
    same = source_digest(target) == read.extract.sha256
    return "同じ原本の読み取りが改まって" if same else "原本で"


def _proposed(merged: Merged, target: Path, cause: str, *, accept: bool) -> Iterable[Problem]:
    for one in merged.proposals:
        where = Location(target, one.line or None, one.address)
        code = "I010" if one.both else "I014" if accept else "I009"
        said = {"yours": _short(one.yours), "theirs": _short(one.theirs)}
        yield problem(code, where, label=one.label, cause=cause, **said)
    if accept:
        for address in merged.stale:
            yield problem("I013", Location(target, None, address))


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:60]}…"


def _result(
    read: Reading,
    source: Path,
    edition: Edition,
    into: Path,
    merged: Merged | None,
    *,
    problems: Iterable[Problem] = (),
    taken: bool = False,
) -> ImportResult:
    assert edition.path is not None
    return ImportResult(
        edition=edition,
        path=edition.path,
        provenance=provenance_path(edition.path),
        review=_review(read, edition, into, merged, taken=taken),
        leftovers=read.leftovers,
        account=read.account,
        problems=(*(one.at(source) for one in read.problems), *problems),
        counts=_counts(edition),
        proposals=merged.proposals if merged else (),
        is_new=merged is None,
    )


def _counts(edition: Edition) -> dict[str, int]:
    found = Counter(answer.state for answer in edition.answers.values())
    return {state.value: found[state] for state in State}


def _review(read: Reading, edition: Edition, into: Path, merged: Merged | None, *, taken: bool) -> Path:
    """The review page goes where git does not look: it holds the body's wording."""
    assert edition.path is not None
    folder = _project(into) / ".pia"
    path = folder / "review" / edition.body / edition.number / f"{edition.published}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    saved, _ = read_edition(edition.path, into)  # its answers know the lines they stand in
    write_review(
        read,
        saved or edition,
        merged.proposals if merged else (),
        path,
        form_reason=read.form_reason,
        taken=taken,
        stale=merged.stale if merged and taken else (),
    )
    return path


def _project(into: Path) -> Path:
    """The project a content folder belongs to, or the folder itself."""
    for folder in (into, *into.absolute().parents):
        if (folder / "mkdocs.yml").is_file() or (folder / ".git").exists():
            return folder
    return into

"""特定個人情報ファイル: the copies of Ⅱ, and the copies of Ⅲ and of the 記録項目 annex that cover each.

Which copy covers which file is what the document names, by file name; where it names none, a single copy
covers all. May import: reading, records, resolve, documents, text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pia_site.catalogue.collect.reading import Reading, names_of, option_of
from pia_site.catalogue.records import FileUse
from pia_site.catalogue.resolve import EntityKind, Mention, spelling_key
from pia_site.documents.answers import Answer, Records
from pia_site.text.names import split_names

_NAME = "特定個人情報ファイル名"
_SUBJECTS = "基本情報/対象となる本人の数"
_HANDLERS = "使用の主体/使用者数"


def collect_files(reading: Reading) -> Iterator[FileUse]:
    copies = _copies(reading)
    mentions = {address: _mention(reading, answers, address) for address, answers in copies.items()}
    if not mentions:
        yield from _listed_only(reading)
        return
    risks = _covering_risks(reading)
    annexes = _covering_records(reading)
    for address, answers in copies.items():
        mention = mentions[address]
        covered_by = [copy for copy in annexes if copy.covers(reading, mention)]
        yield FileUse(
            document=reading.document,
            edition=reading.published,
            address=address,
            file=mention,
            subject_count=option_of(_find(answers, _SUBJECTS)),
            handler_count=option_of(_find(answers, _HANDLERS)),
            recorded_fields=_count(reading, mention, covered_by, len(mentions)),
            risk_copies=tuple(copy.address for copy in risks if copy.covers(reading, mention)),
            record_copies=tuple(copy.address for copy in covered_by),
        )


def _listed_only(reading: Reading) -> Iterator[FileUse]:
    """様式2 only lists the names."""
    for answer in reading.answers("basics", _NAME):
        for mention in reading.several(EntityKind.FILE, answer):
            yield FileUse(reading.document, reading.published, answer.address, mention)


def _copies(reading: Reading) -> dict[str, list[Answer]]:
    copies: dict[str, list[Answer]] = {}
    for answer in reading.answers("files"):
        copies.setdefault(answer.slot.part_address, []).append(answer)
    return copies


def _mention(reading: Reading, answers: list[Answer], address: str) -> Mention:
    return reading.one(EntityKind.FILE, _find(answers, _NAME), address)


def _find(answers: list[Answer], concept: str) -> Answer | None:
    return next((answer for answer in answers if answer.item.concept.endswith(f"/{concept}")), None)


# --- what covers a file ---


@dataclass(frozen=True)
class _Copy:
    """A printed copy of a part with the names of the files it says it covers (none: all)."""

    address: str
    names: tuple[str, ...]
    records: Records | None = None

    def covers(self, reading: Reading, file: Mention) -> bool:
        return not self.names or any(_same(reading, name, file) for name in self.names)


def _covering_risks(reading: Reading) -> list[_Copy]:
    copies: dict[str, tuple[str, ...]] = {}
    for answer in reading.answers("risks"):
        copies.setdefault(answer.slot.part_address, ())
        if answer.item.concept.endswith(f"/{_NAME}"):
            copies[answer.slot.part_address] = _names(names_of(answer))
    return _named_or_alone([_Copy(address, names) for address, names in copies.items()])


def _covering_records(reading: Reading) -> list[_Copy]:
    copies = []
    for answer in reading.answers("records"):
        address = answer.slot.part_address
        names = _names(reading.edition.covered_files.get(address, ()))
        copies.append(_Copy(address, names, answer.value if isinstance(answer.value, Records) else None))
    return _named_or_alone(copies)


def _named_or_alone(copies: list[_Copy]) -> list[_Copy]:
    """Of several copies only those count that say what they cover."""
    return copies if len(copies) == 1 else [copy for copy in copies if copy.names]


def _names(written: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for name in written for part in split_names(name))


def _same(reading: Reading, name: str, file: Mention) -> bool:
    found = reading.resolver.resolve(EntityKind.FILE, name, reading.document)
    if found and file.slug:
        return found.slug == file.slug
    return spelling_key(EntityKind.FILE, name) == spelling_key(EntityKind.FILE, file.written)


def _count(reading: Reading, file: Mention, copies: list[_Copy], files: int) -> int | None:
    """How many fields the annex lists for a file; None where the annex does not tell files apart."""
    counts = [_count_in(reading, file, copy, alone=files == 1 or len(copy.names) == 1) for copy in copies]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _count_in(reading: Reading, file: Mention, copy: _Copy, *, alone: bool) -> int | None:
    if copy.records is None:
        return None
    if alone:
        return len(copy.records.fields)
    groups = copy.records.groups
    by_heading = [(group, _heading_names(reading, group.heading)) for group in groups]
    if not all(names for _, names in by_heading):
        return None
    return sum(
        len(group.fields) for group, names in by_heading if any(_same(reading, name, file) for name in names)
    )


def _heading_names(reading: Reading, heading: str | None) -> tuple[str, ...]:
    """The files that a heading of the annex names (「受給ファイル、認定ファイル」); none if it names others."""
    names = _names((heading.strip("<>＜＞【】〈〉「」◆■ "),)) if heading else ()
    known = all(reading.resolver.knows(EntityKind.FILE, name, reading.document) for name in names)
    return names if known else ()

"""Facts of one edition as flat records: ids, addresses and names as written, no entity and no back-pointer.

`document` is `<body>/<number>`, `edition` the `<published>` of the edition, an address one of that
edition's item addresses. Bands and options are the form's own words; None where the edition does not say
(empty, lost or 不明). May import: resolve (for `Mention`), epochs, documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pia_site.catalogue.epochs import Verdict
from pia_site.catalogue.resolve import Mention
from pia_site.documents.edition import DeclaredChange


@dataclass(frozen=True, slots=True)
class SystemUse:
    """A システム of Ⅰ2. `address` is the group's ("i-2-s1"), or the item's where a form has no group."""

    document: str
    edition: str
    address: str
    system: Mention
    connections: tuple[str, ...] = ()
    """Options of 他のシステムとの接続 that are ticked."""
    connections_unknown: tuple[str, ...] = ()
    """Options that the source leaves undecided."""
    function_address: str | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """A system named in その他( ) of another system's 他のシステムとの接続."""

    document: str
    edition: str
    address: str
    """The parentheses' own address ("i-2-s1-3-o7")."""
    system: Mention
    """The system that has the connection."""
    other: Mention
    """The system named, looked up within the body."""


@dataclass(frozen=True, slots=True)
class FileUse:
    """A 特定個人情報ファイル: one printed copy of Ⅱ ("ii1")."""

    document: str
    edition: str
    address: str
    file: Mention
    subject_count: str | None = None
    """②対象となる本人の数, the printed band."""
    handler_count: str | None = None
    """使用者数, the printed band."""
    recorded_fields: int | None = None
    """Fields listed for this file in the 記録項目 annex; None where they cannot be told apart."""
    risk_copies: tuple[str, ...] = ()
    """Copies of Ⅲ that cover the file ("iii1")."""
    record_copies: tuple[str, ...] = ()
    """Copies of the 記録項目 annex that cover the file ("records1")."""


@dataclass(frozen=True, slots=True)
class Entrustment:
    """A 委託事項 ("ii1-4-c1")."""

    document: str
    edition: str
    address: str
    file_address: str
    """The copy of Ⅱ it stands in ("ii1")."""
    title: str
    contractors: tuple[Mention, ...] = ()
    subcontractors: tuple[Mention, ...] = ()
    """Companies the registry knows, named in the answers about 再委託."""
    handler_count: str | None = None
    """委託先における取扱者数, the printed band."""
    reentrusted: str | None = None
    """再委託する, 再委託しない, or None."""
    permission_address: str | None = None
    matter_address: str | None = None


class HandoverKind(StrEnum):
    PROVISION = "provision"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        return {"provision": "提供", "transfer": "移転"}[self.value]


@dataclass(frozen=True, slots=True)
class Handover:
    """A 提供先 or 移転先 ("ii1-5-p1"); also one listed in a 別紙, which has no file and no means."""

    document: str
    edition: str
    address: str
    kind: HandoverKind
    recipient: Mention
    file_address: str | None = None
    means: tuple[str, ...] = ()
    means_unknown: tuple[str, ...] = ()
    from_annex: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: a law as written and the place in it, with the epoch it belongs to (rule 20)."""

    document: str
    edition: str
    address: str
    law: Mention
    place: str
    verdict: Verdict
    from_narrative: bool = False
    """Found in the wording of an item that is no law item."""


class DepartmentRole(StrEnum):
    RESPONSIBLE = "担当部署"
    FILE_OWNER = "事務担当部署"
    USER = "使用部署"
    SOURCE = "入手元"
    DISCLOSURE = "開示等の請求先"
    INQUIRY = "問合せ先"


@dataclass(frozen=True, slots=True)
class DepartmentUse:
    document: str
    edition: str
    address: str
    role: DepartmentRole
    department: Mention


@dataclass(frozen=True, slots=True)
class BodyName:
    """The 評価実施機関名 on the cover."""

    document: str
    edition: str
    address: str
    body: Mention


Record: TypeAlias = (
    SystemUse | Connection | FileUse | Entrustment | Handover | Citation | DepartmentUse | BodyName
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The records of one edition, each kind in the order of the form."""

    systems: tuple[SystemUse, ...] = ()
    connections: tuple[Connection, ...] = ()
    files: tuple[FileUse, ...] = ()
    entrustments: tuple[Entrustment, ...] = ()
    handovers: tuple[Handover, ...] = ()
    citations: tuple[Citation, ...] = ()
    departments: tuple[DepartmentUse, ...] = ()
    names: tuple[BodyName, ...] = ()

    def records(self) -> tuple[Record, ...]:
        return (
            *self.names,
            *self.systems,
            *self.connections,
            *self.files,
            *self.entrustments,
            *self.handovers,
            *self.citations,
            *self.departments,
        )


def mentions_in(record: Record) -> tuple[Mention, ...]:
    """Every name a record holds."""
    match record:
        case SystemUse():
            return (record.system,)
        case Connection():
            return (record.other,)  # the other end is a SystemUse of its own
        case FileUse():
            return (record.file,)
        case Entrustment():
            return (*record.contractors, *record.subcontractors)
        case Handover():
            return (record.recipient,)
        case Citation():
            return (record.law,)
        case DepartmentUse():
            return (record.department,)
        case BodyName():
            return (record.body,)


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A declared change with what a list across documents needs to name it."""

    document: str
    body: str
    edition: str
    title: str
    change: DeclaredChange


@dataclass(frozen=True, slots=True)
class ContractorChange:
    """A declared change of a 委託先名. A side is empty where the row says there was none, or is withheld."""

    document: str
    edition: str
    change: DeclaredChange
    before: tuple[Mention, ...]
    after: tuple[Mention, ...]

    def began(self, contractor: str) -> bool:
        """Whether this company took over here: since when, and `before` is before it whom."""
        return _names(self.after, contractor) and not _names(self.before, contractor)

    def ended(self, contractor: str) -> bool:
        return _names(self.before, contractor) and not _names(self.after, contractor)


def _names(mentions: tuple[Mention, ...], contractor: str) -> bool:
    return any(mention.slug == contractor for mention in mentions)

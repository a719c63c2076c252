"""What the registry knows: bodies, systems, contractors, recipients, departments, laws, files.

Plain frozen values without back-pointers; other entities are named by slug. `spellings` are the names
as documents write them, all of which mean the entity; descriptive names that no document writes are
not among them. May import: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Scoped: TypeAlias = tuple[str, str]
"""(body, slug): the id of what belongs to one body (systems, departments, files)."""


@dataclass(frozen=True, slots=True)
class AssessmentEntry:
    """One assessment as the registry lists it. `printed_number` is None where no 評価書番号 is known."""

    body: str
    number: str
    title: str
    printed_number: str | None = None
    situations: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        return f"{self.body}/{self.number}"


@dataclass(frozen=True, slots=True)
class Body:
    """A 評価実施機関. `code` is its official code, checked against nothing; `code_source` says whence."""

    slug: str
    name: str
    type: str = ""
    spellings: tuple[str, ...] = ()
    code: str | None = None
    code_source: str | None = None
    assessments: tuple[AssessmentEntry, ...] = ()
    memo: str | None = None


@dataclass(frozen=True, slots=True)
class SystemKind:
    """A kind of system across bodies: 中間サーバー and 医療保険者等向け中間サーバー等 are two."""

    slug: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class System:
    body: str
    slug: str
    name: str
    kind: str | None = None
    spellings: tuple[str, ...] = ()
    memo: str | None = None

    @property
    def id(self) -> Scoped:
        return self.body, self.slug


@dataclass(frozen=True, slots=True)
class ContractorSpelling:
    written: str
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class Contractor:
    """A company (or fund, or federation); its branches stay as written, as evidence."""

    slug: str
    name: str
    spellings: tuple[ContractorSpelling, ...] = ()
    source: str | None = None
    memo: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A 提供先 or 移転先. `body` limits its spellings to that body's documents."""

    slug: str
    name: str
    type: str = ""
    body: str | None = None
    spellings: tuple[str, ...] = ()
    memo: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    body: str
    slug: str
    name: str
    parent: str = ""
    spellings: tuple[str, ...] = ()
    memo: str | None = None

    @property
    def id(self) -> Scoped:
        return self.body, self.slug


@dataclass(frozen=True, slots=True)
class LawSpelling:
    """A spelling of a law. `document` limits an abbreviation such as 「命令」 to the assessment whose
    text introduces it."""

    written: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class DatedLink:
    """A link to the wording in force on a date, held only where somebody has checked it."""

    date: str
    url: str


@dataclass(frozen=True, slots=True)
class Law:
    """A law, ordinance or rule. `body` limits its spellings to that body's documents."""

    slug: str
    name: str
    short_name: str = ""
    number: str | None = None
    egov_id: str | None = None
    type: str = ""
    body: str | None = None
    spellings: tuple[LawSpelling, ...] = ()
    dated_links: tuple[DatedLink, ...] = ()
    memo: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """A way in for residents: 国保, 税, 勤め先の健康保険 …"""

    slug: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class PersonalInformationFile:
    """A 特定個人情報ファイル, known by the assessment (`number`) that describes it."""

    body: str
    slug: str
    name: str
    number: str
    spellings: tuple[str, ...] = ()
    memo: str | None = None

    @property
    def id(self) -> Scoped:
        return self.body, self.slug

    @property
    def document(self) -> str:
        return f"{self.body}/{self.number}"


@dataclass(frozen=True)
class Registry:
    """Everything the registry folder holds, by id, in the order of the files."""

    bodies: dict[str, Body] = field(default_factory=dict)
    kinds: dict[str, SystemKind] = field(default_factory=dict)
    systems: dict[Scoped, System] = field(default_factory=dict)
    contractors: dict[str, Contractor] = field(default_factory=dict)
    recipients: dict[str, Recipient] = field(default_factory=dict)
    departments: dict[Scoped, Department] = field(default_factory=dict)
    laws: dict[str, Law] = field(default_factory=dict)
    situations: dict[str, Situation] = field(default_factory=dict)
    files: dict[Scoped, PersonalInformationFile] = field(default_factory=dict)

    def assessment(self, document: str) -> AssessmentEntry | None:
        """The registry's entry of `<body>/<number>`."""
        body = self.bodies.get(document.partition("/")[0])
        entries = body.assessments if body else ()
        return next((entry for entry in entries if entry.document == document), None)

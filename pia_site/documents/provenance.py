"""The sidecar of an imported edition: where in its source every item stands, never the words.

`<published>.import.yaml` lies beside `<published>.yaml`. Of a wording that an abstract edition withholds it
keeps length and fingerprint, so that equality can still be checked. May import: text, problems.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pia_site.problems import Location, PiaSiteError, problem
from pia_site.text.marked_yaml import Number, Writable, dump_yaml, read_yaml

SURE, INFERRED, UNDECIDED = "確実", "推定", "不明"
SUFFIX = ".import.yaml"

_Lines = Annotated[str, Field(pattern=r"^\d+(-\d+)?(,\d+(-\d+)?)*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ItemOrigin(_Strict):
    """Where one item stands: lines (`12-14,20`, 1-based), cell of its row, how sure that is."""

    lines: _Lines | None = Field(default=None, alias="行")
    cell: int | None = Field(default=None, alias="欄")
    certainty: str | None = Field(default=None, alias="確度")
    length: int | None = Field(default=None, alias="長さ")
    fingerprint: str | None = Field(default=None, alias="指紋")

    @property
    def line_numbers(self) -> tuple[int, ...]:
        found: list[int] = []
        for part in (self.lines or "").split(","):
            first, _, last = part.partition("-")
            if first:
                found += range(int(first), int(last or first) + 1)
        return tuple(found)


class SourceFile(_Strict):
    """The file that was read: its name and the SHA-256 of its bytes."""

    name: str = Field(alias="名称")
    sha256: str = Field(alias="SHA-256", pattern=r"^[0-9a-f]{64}$")


class Provenance(_Strict):
    source: SourceFile = Field(alias="原本")
    importer: str = Field(alias="取込")
    """Name and version of what read it, e.g. `pia-site 0.1.0`."""
    items: dict[str, ItemOrigin] = Field(default_factory=dict, alias="項目")


def line_ranges(numbers: Iterable[int]) -> str | None:
    """1, 2, 3, 7 → `1-3,7`; None for no numbers."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(f"{a}-{b}" if a != b else str(a) for a, b in parts) or None


def provenance_path(edition: Path) -> Path:
    """Where the sidecar of an edition file lies."""
    return edition.with_name(f"{edition.stem}{SUFFIX}")


def dump_provenance(provenance: Provenance) -> str:
    tree = provenance.model_dump(by_alias=True, exclude_none=True)
    return dump_yaml({key: _writable(value) for key, value in tree.items()})


def _writable(value: object) -> Writable:
    if isinstance(value, dict):
        return {str(key): _writable(child) for key, child in value.items()}
    return Number(str(value)) if isinstance(value, int) else str(value)


def read_provenance(path: Path) -> Provenance:
    """The sidecar at `path`; raises `PiaSiteError` where it is no sidecar."""
    try:
        return Provenance.model_validate(read_yaml(path).plain())
    except ValidationError as error:
        where = "、".join(dict.fromkeys(".".join(map(str, one["loc"])) for one in error.errors()))
        raise PiaSiteError(
            [problem("F004", Location(path), detail=f"取込の記録として読めません（{where}）")]
        ) from None


def source_lines(edition: Path) -> dict[str, tuple[int, ...]]:
    """The source lines of every item of an edition file; empty where it has no readable sidecar."""
    path = provenance_path(edition)
    if not path.is_file():
        return {}
    try:
        items = read_provenance(path).items
    except PiaSiteError:
        return {}
    return {address: origin.line_numbers for address, origin in items.items() if origin.lines}

"""The sidecar of an imported edition: where in its source every item stands, never the words.

`<published>.import.yaml` lies beside `<published>.yaml`. Of a wording that an abstract edition withholds it
keeps length and fingerprint, so that equality can still be checked. May import: text, problems.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pia_site.problems import Location, PiaSiteError, problem
from pia_site.text.marked_yaml import Number, Writable, dump_yaml, read_yaml

SURE, INFERRED, UNDECIDED = "確実", "推定", "不明"
SUFFIX = ".import.yaml"

Place: TypeAlias = dict[str, str | list[int] | list[str]]
_Lines = Annotated[str, Field(pattern=r"^\d+(-\d+)?(,\d+(-\d+)?)*$")]


def _numbers(ranges: str) -> list[int]:
    found: list[int] = []
    for part in filter(None, ranges.split(",")):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ItemOrigin(_Strict):
    """Where one item stands, how sure that is, and the fingerprint of what was imported.

    In a text: lines (`12-14,20`, 1-based) and the cell of the row; in a PDF: pages (`3-4`); in a workbook: the
    sheet and its cells (`C12`).
    """

    lines: _Lines | None = Field(default=None, alias="行")
    cell: int | None = Field(default=None, alias="欄")
    pages: _Lines | None = Field(default=None, alias="頁")
    sheet: str | None = Field(default=None, alias="シート")
    cells: tuple[str, ...] | None = Field(default=None, alias="セル")
    certainty: str | None = Field(default=None, alias="確度")
    label: str | None = Field(default=None, alias="見出し")
    """The label or heading as printed, where damage made it another than the form's."""
    length: int | None = Field(default=None, alias="長さ")
    fingerprint: str | None = Field(default=None, alias="指紋")

    @property
    def place(self) -> Place:
        """Where the item stands, as the machine-readable rows say it."""
        if self.sheet is not None:
            return {"sheet": self.sheet, "cells": list(self.cells or ())}
        if self.pages is not None:
            return {"pages": _numbers(self.pages)}
        return {"lines": _numbers(self.lines or "")}


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
    if isinstance(value, tuple):
        return [_writable(one) for one in value]
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


def source_digest(edition: Path) -> str | None:
    """The SHA-256 of the source an edition file was imported from; None where it has no readable sidecar."""
    path = provenance_path(edition)
    try:
        return read_provenance(path).source.sha256 if path.is_file() else None
    except PiaSiteError:
        return None


def source_places(edition: Path) -> dict[str, Place]:
    """Where every item of an edition file stands in its source; empty where it has no readable sidecar."""
    path = provenance_path(edition)
    if not path.is_file():
        return {}
    try:
        items = read_provenance(path).items
    except PiaSiteError:
        return {}
    return {
        address: origin.place
        for address, origin in items.items()
        if origin.lines or origin.pages or origin.sheet is not None
    }

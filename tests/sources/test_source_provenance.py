"""The sidecar: written and read back, strict, without a word of the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pia_site.documents.provenance import (
    INFERRED,
    ItemOrigin,
    Provenance,
    SourceFile,
    dump_provenance,
    line_ranges,
    provenance_path,
    read_provenance,
    source_places,
)
from pia_site.problems import PiaSiteError

SAMPLE = Provenance(
    source=SourceFile(name="見本: 1.txt", sha256="a" * 64),
    importer="pia-site 0.1.0",
    items={
        "i-1-1": ItemOrigin(lines="12-14,20", cell=2, certainty=INFERRED),
        "i-1-3": ItemOrigin(pages="3-4"),
        "i-2": ItemOrigin(sheet="Ⅰ基本情報", cells=("C12", "C14")),
        "i-1-2": ItemOrigin(length=120, fingerprint="0123456789abcdef"),
    },
)


def test_written_and_read_back(tmp_path: Path) -> None:
    edition = tmp_path / "2024-01-01.yaml"
    path = provenance_path(edition)
    assert path.name == "2024-01-01.import.yaml"
    path.write_text(dump_provenance(SAMPLE), encoding="utf-8")
    assert read_provenance(path) == SAMPLE
    assert source_places(edition) == {
        "i-1-1": {"lines": [12, 13, 14, 20]},
        "i-1-3": {"pages": [3, 4]},
        "i-2": {"sheet": "Ⅰ基本情報", "cells": ["C12", "C14"]},
    }


def test_an_edition_without_a_readable_sidecar_has_no_lines(tmp_path: Path) -> None:
    edition = tmp_path / "2024-01-01.yaml"
    assert source_places(edition) == {}
    provenance_path(edition).write_text("原本: [", encoding="utf-8")
    assert source_places(edition) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("行: 12-14,20", "行: 12から"),
        ("確度: 推定", "本文: 見本の文"),
        ("a" * 64, "a"),
        ("取込:", "取り込み:"),
    ],
)
def test_what_is_no_sidecar_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = dump_provenance(SAMPLE)
    assert old in text
    path = tmp_path / "other.import.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PiaSiteError) as refused:
        read_provenance(path)
    assert [one.code for one in refused.value.problems] == ["F004"]


@given(st.sets(st.integers(1, 60)))
def test_ranges_name_the_same_lines(numbers: set[int]) -> None:
    assert ItemOrigin(lines=line_ranges(numbers)).place == {"lines": sorted(numbers)}

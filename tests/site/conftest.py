"""Fixtures around the stub project."""

from __future__ import annotations

from pathlib import Path

import pytest
from stub_project import MKDOCS_YML, Files, Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.delenv("PIA_SITE_URL", raising=False)
    (tmp_path / "mkdocs.yml").write_text(MKDOCS_YML, encoding="utf-8")
    content = tmp_path / "content"
    (content / "jimu").mkdir(parents=True)
    (content / "jimu" / "raw.md").write_text("data, not a page", encoding="utf-8")
    (content / "index.md").write_text("# 見本の目録\n\n説明。\n\n<!-- pia-site:home -->\n", encoding="utf-8")
    (content / "about.md").write_text("# このサイトについて\n\n[表紙](index.md)へ。\n", encoding="utf-8")
    return Project(tmp_path)


@pytest.fixture
def files_below() -> Files:
    """Every file below a folder with its content."""

    def read(folder: Path) -> dict[str, bytes]:
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    return read

"""The page of documents that a build left out because of errors (`build --keep-going`).

A visitor learns that a 事務 is missing for now, a webmaster what is wrong with it.
May import: pages.routes, views, problems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pia_site.pages import routes
from pia_site.pages.output import SiteSettings
from pia_site.pages.views.chrome import Chrome, chrome
from pia_site.pages.views.table import Cell, Row, Table, table
from pia_site.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class LeftOutPage:
    chrome: Chrome
    lede: str
    documents: Table


def left_out_page(
    content_dir: Path, broken: Sequence[Path], problems: Sequence[Problem], settings: SiteSettings
) -> LeftOutPage:
    lede = f"記載に誤りがあるため、次の{len(broken)}件の評価書を載せていません。直り次第、載せます。"
    rows = []
    for path in broken:
        errors = [
            f"{one.location.line}行目: {one.message}" if one.location.line else one.message
            for one in problems
            if one.location.path == path and one.severity is Severity.ERROR
        ]
        rows.append(Row((Cell(path.relative_to(content_dir).as_posix()), Cell("　".join(errors)))))
    page = routes.LEFT_OUT
    heading = "載せていない評価書"
    return LeftOutPage(
        chrome=chrome(
            page,
            settings,
            heading=heading,
            path=(("データ", routes.list_of("data")),),
            title=heading,
            description=lede,
        ),
        lede=lede,
        documents=table(heading, ("ファイル", "直すところ"), rows),
    )

"""`pia-site import`: sources in, editions out, and an account of every character between."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from pia_site.cli.options import DIRECTORY, SLUG, STYLE, finish, progress
from pia_site.cli.report import shown
from pia_site.documents.schema import write_schemas
from pia_site.problems import PiaSiteError, Problem
from pia_site.sources.importer import ImportResult, import_source

_BUCKETS = {
    "placed": "記載",
    "form": "様式の文言",
    "markup": "マークアップ",
    "repeated": "重複",
    "leftovers": "残り",
}
_STATES = {"present": "記載あり", "withheld": "要約待ち", "blank": "空欄", "dash": "なし", "lost": "欠落"}


@click.command("import")
@click.argument(
    "sources", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--into", type=DIRECTORY, default=Path("content"), help="取込先の content フォルダー。")
@click.option("--abstract", is_flag=True, help="抄録にする（長い文章を載せず、要約 未作成 とする）。")
@click.option("--body", type=SLUG, help="評価実施機関の slug（例: iwaki-city）。")
@click.option("--number", type=SLUG, help="評価書の番号（URL に使う slug）。")
@click.option("--accept", is_flag=True, help="取り込み直すとき、原本の変更を評価書に取り込む。")
@STYLE
def command(
    sources: tuple[Path, ...],
    into: Path,
    abstract: bool,
    body: str | None,
    number: str | None,
    accept: bool,
    style: str,
) -> None:
    """公表された評価書（PDF、Excel、HTML、テキスト）を読み取り、評価書 YAML にします。

    すでにある評価書は上書きしません。手で直したところを残し、原本の変更を知らせます。
    """
    problems: list[Problem] = []
    with progress() as bar:
        task = bar.add_task("取込", total=len(sources))
        for source in sources:
            try:
                result = import_source(
                    source, into=into, abstract=abstract, body=body, number=number, accept=accept
                )
            except PiaSiteError as error:
                problems += error.problems
            else:
                problems += result.problems
                click.echo(_account(source, result), err=True)
                if not (into / "schema" / f"{result.edition.form.id}.json").is_file():
                    write_schemas(into)
            bar.advance(task)
    finish(problems, style)


def _account(source: Path, result: ImportResult) -> str:
    """Where it went, and what became of every character and item."""
    buckets = {name: asdict(result.account)[name] for name in _BUCKETS}
    sums = " ＋ ".join(f"{_BUCKETS[name]} {count:,}" for name, count in buckets.items())
    states = "、".join(
        f"{words} {result.counts[state]:,}" for state, words in _STATES.items() if result.counts[state]
    )
    return "\n".join(
        (
            f"{shown(source)} → {shown(result.path)}",
            f"  様式: {result.edition.form.name}（{result.edition.revision_written}）",
            f"  文字 {result.account.total:,} ＝ {sums}",
            f"  項目 {sum(result.counts.values()):,}: {states}",
            f"  確かめる画面: {shown(result.review)}",
        )
    )

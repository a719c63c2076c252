"""The commands of `pia-site`. Each parses its arguments, calls one function and reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from pia_site import __version__
from pia_site.catalogue import open_catalogue
from pia_site.cli.japanese import speak_japanese
from pia_site.cli.report import FORMATS, print_problems, shown
from pia_site.documents.blank import blank_edition
from pia_site.documents.provenance import source_places
from pia_site.documents.read import read_edition
from pia_site.documents.rows import change_rows, document_row, item_rows
from pia_site.documents.schema import form_schema
from pia_site.documents.store import edition_paths
from pia_site.documents.write import save_edition
from pia_site.forms import Form, all_forms, find_form
from pia_site.problems import Location, PiaSiteError, Problem, has_errors, problem
from pia_site.site.build import build_site
from pia_site.site.serve import serve_site
from pia_site.sources.importer import import_source
from pia_site.text.names import is_slug

speak_japanese()  # before a command exists: click keeps the wording of its help option

_DIRECTORY = click.Path(file_okay=False, path_type=Path)
_ANY_PATH = click.Path(exists=True, path_type=Path)


class _Slug(click.ParamType[str]):
    """A name that becomes a folder and a part of every URL: nothing but a–z, 0–9 and hyphens."""

    name = "slug"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not is_slug(value):
            self.fail(
                f"「{value}」は使えません。半角の英小文字、数字、ハイフンで書いてください。", param, ctx
            )
        return value


_SLUG = _Slug()
_STYLE = click.option(
    "--format", "style", type=click.Choice(FORMATS), default="text", help="問題の表示のしかた。"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pia-site", help="版番号を表示して終わります。")
def cli() -> None:
    """特定個人情報保護評価書の公開目録を作ります。"""


@cli.command("import")
@click.argument(
    "sources", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--into", type=_DIRECTORY, default=Path("content"), help="取込先の content フォルダー。")
@click.option("--abstract", is_flag=True, help="抄録にする（長い文章を載せず、要約 未作成 とする）。")
@click.option("--body", type=_SLUG, help="評価実施機関の slug（例: iwaki-city）。")
@click.option("--number", type=_SLUG, help="評価書の番号（URL に使う slug）。")
@click.option("--accept", is_flag=True, help="取り込み直すとき、原本の変更を評価書に取り込む。")
@_STYLE
def import_(
    sources: tuple[Path, ...],
    into: Path,
    abstract: bool,
    body: str | None,
    number: str | None,
    accept: bool,
    style: str,
) -> None:
    """公表された評価書を読み取り、評価書 YAML にします。"""
    problems: list[Problem] = []
    with _progress() as bar:
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
                click.echo(f"{shown(source)} → {shown(result.path)}", err=True)
            bar.advance(task)
    _finish(problems, style)


@cli.command()
@click.argument("paths", nargs=-1, type=_ANY_PATH)
@_STYLE
def check(paths: tuple[Path, ...], style: str) -> None:
    """評価書 YAML と登録を検査します（PATH を省くと content 全体）。"""
    problems: list[Problem] = []
    for path in paths or (Path("content"),):
        problems += open_catalogue(path).problems if (path / "jimu").is_dir() else _check_files(path)
    _finish(problems, style)


def _check_files(path: Path) -> list[Problem]:
    content = _content_of(path)
    if content is None:
        return [problem("S013", Location(path))]
    files = [path] if path.is_file() else [one for one in edition_paths(content) if path in one.parents]
    return [found for file in files for found in read_edition(file, content)[1]]


def _content_of(path: Path) -> Path | None:
    """The content folder a path lies in: the parent of the nearest folder named jimu."""
    for folder in (path, *path.absolute().parents):
        if folder.name == "jimu":
            return folder.parent
    return None


@cli.command()
@click.option("--keep-going", is_flag=True, help="誤りのある評価書を除いて公開する。")
@click.option("--markdown", type=_DIRECTORY, help="作ったページの Markdown を残すフォルダー。")
@_STYLE
def build(keep_going: bool, markdown: Path | None, style: str) -> None:
    """サイトを site/ に作ります。誤りがあるうちは、前のサイトをそのまま残します。"""
    with _progress() as bar:
        task = bar.add_task("サイトを作成", total=None)

        def advance(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total or None)

        outcome = build_site(Path.cwd(), keep_going=keep_going, markdown_dir=markdown, progress=advance)
    for notice in outcome.notices:
        click.echo(notice, err=True)
    if outcome.published:
        click.echo(f"{shown(outcome.site_dir)} に {outcome.pages} ページを作りました。", err=True)
    else:
        click.echo("サイトは作り直していません。誤りを直してから、もう一度実行してください。", err=True)
    for path in outcome.broken if outcome.published else ():
        click.echo(f"公開から除きました: {shown(path)}", err=True)
    print_problems(outcome.problems, style)
    sys.exit(outcome.exit_code)


@cli.command()
@click.option("--port", type=int, default=8000, help="待ち受けるポート番号。")
def serve(port: int) -> None:
    """サイトを手元で表示します。content を直すと作り直します。"""
    sys.exit(serve_site(Path.cwd(), port=port, announce=click.echo))


@cli.command()
@click.option("--form", "name", required=True, help="様式（例: 重点項目評価書、様式4）。")
@click.option("--revision", help="様式の版（例: 平成30年5月）。")
@click.option("--body", type=_SLUG, required=True, help="評価実施機関の slug。")
@click.option("--number", type=_SLUG, required=True, help="評価書の番号（URL に使う slug）。")
@click.option("--files", type=click.IntRange(1, 50), default=1, help="特定個人情報ファイルの数。")
@click.option("--members", type=click.IntRange(0, 50), default=1, help="システム、委託事項などの数。")
@click.option("--into", type=_DIRECTORY, default=Path("content"), help="content フォルダー。")
def new(
    name: str, revision: str | None, body: str, number: str, files: int, members: int, into: Path
) -> None:
    """書き込み用の空の評価書を作ります。"""
    form = _form(name, revision)
    edition = blank_edition(form, body=body, number=number, files=files, members=members)
    path = into / "jimu" / body / number / f"{edition.published}.yaml"
    if path.exists():
        _finish([problem("I005", Location(path), target=shown(path))], "text")
    save_edition(edition, path)
    write_schemas(into)
    click.echo(shown(path))


def _form(name: str, revision: str | None) -> Form:
    form = find_form(name, revision)
    if form is None:
        known = "、".join(f"{form.name}（{form.number}、{form.revision}）" for form in all_forms())
        raise click.BadParameter(f"「{name}」の定義がありません。使えるのは {known} です。")
    return form


@cli.command()
@click.option("--form", "name", help="様式（例: 重点項目評価書）。")
@click.option("--revision", help="様式の版。")
@click.option("--into", type=_DIRECTORY, help="すべての様式の JSON Schema を書き込む content フォルダー。")
def schema(name: str | None, revision: str | None, into: Path | None) -> None:
    """評価書 YAML の JSON Schema を表示します（エディターの入力補完と検査に使えます）。"""
    if into is not None:
        for path in write_schemas(into):
            click.echo(shown(path))
        return
    if name is None:
        raise click.UsageError("--form か --into を指定してください。")
    click.echo(_schema_text(_form(name, revision)), nl=False)


def write_schemas(content: Path) -> list[Path]:
    """The JSON Schema of every form, where the modeline of edition YAML expects it."""
    folder = content / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for form in all_forms():
        path = folder / f"{form.id}.json"
        path.write_text(_schema_text(form), encoding="utf-8")
        written.append(path)
    return written


def _schema_text(form: Form) -> str:
    return json.dumps(form_schema(form), ensure_ascii=False, indent=1) + "\n"


@cli.command()
@click.argument("what", type=click.Choice(("items", "changes", "documents")))
@click.argument("paths", nargs=-1, type=_ANY_PATH)
def export(what: str, paths: tuple[Path, ...]) -> None:
    """項目・変更・評価書を JSON Lines で書き出します（PATH を省くと content 全体）。"""
    problems: list[Problem] = []
    for path in _editions(paths or (Path("content"),)):
        content = _content_of(path)
        edition, found = read_edition(path, content or path.parent)
        problems += found
        if edition is None:
            continue
        if what == "items":
            rows = item_rows(edition, source_places(path))
        elif what == "changes":
            rows = change_rows(edition)
        else:
            rows = iter([document_row(edition)])
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    errors = [one for one in problems if has_errors([one])]
    if errors:
        print_problems(errors, "text")
        sys.exit(1)


def _editions(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_file():
            yield path
            continue
        content = path if (path / "jimu").is_dir() else _content_of(path)
        for one in edition_paths(content) if content else ():
            if path == content or path.absolute() in one.absolute().parents:
                yield one


def _progress() -> Progress:
    """A progress bar on a terminal; nothing at all in a pipe."""
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def _finish(problems: list[Problem], style: str) -> None:
    print_problems(problems, style)
    sys.exit(1 if has_errors(problems) else 0)


def main() -> None:
    """Entry point. Whatever is wrong with the input is reported; a traceback never is."""
    # A cp932 console must not end a run: what it cannot show is replaced.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("中止しました。", err=True)
        sys.exit(130)
    except PiaSiteError as error:
        print_problems(error.problems, "text")
        sys.exit(1)

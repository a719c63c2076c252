"""The adapter to MkDocs: the only module that imports mkdocs.

`PiaSitePlugin` hands our rendered pages to an ordinary `mkdocs build` or `mkdocs serve`; the functions
below it run MkDocs for `build` and `serve`. No knowledge of documents or pages lives here.
May import: pages.output, pages.routes, problems, and this room.
"""

# mypy: allow-untyped-calls
# (MkDocs has types, with gaps)

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from pia_site.pages import routes
from pia_site.pages.output import RenderedPage, RenderedSite, SearchEntry, SiteSettings
from pia_site.problems import Location, PiaSiteError, Problem, Severity, has_errors, in_file_order, problem
from pia_site.site.policy import POLICY, with_policy
from pia_site.site.search import ENTRIES_URI, Found, entries_json, plain_text

Render = Callable[[Path, SiteSettings], RenderedSite]
"""`pia_site.pages.render_site`: the content folder and the settings → the pages."""
Progress = Callable[[str, int, int], None]
"""What is being done, how many are done, of how many (0: not known)."""

HOME_MARKER = "<!-- pia-site:home -->"
NAVIGATION = (
    ("事務", routes.list_of("jimu")),
    ("機関", routes.list_of("bodies")),
    ("システム", routes.list_of("systems")),
    ("委託先", routes.list_of("contractors")),
    ("法令", routes.list_of("laws")),
    ("変更", routes.list_of("changes")),
)

_ID = re.compile(r'\sid="([^"]*)"')

log = get_plugin_logger("pia-site")


def render_content(content_dir: Path, settings: SiteSettings) -> RenderedSite:
    from pia_site.pages import render_site  # not needed where a caller brings the pages along

    return render_site(content_dir, settings)


def no_progress(what: str, done: int, total: int) -> None:
    """For callers that show none."""


class PiaSiteConfig(Config):
    """The plugin has no options: what a webmaster sets is in `extra`."""


class PiaSitePlugin(BasePlugin[PiaSiteConfig]):
    """Adds the generated pages and data files, the content policy and the search entries.

    MkDocs keeps one plugin for all builds of a process, so what belongs to one build begins in `on_config`.
    """

    def __init__(self) -> None:
        self.render: Render = render_content
        self.prepared: RenderedSite | None = None
        """The pages, where `build_site` has rendered them already: nothing is read twice."""
        self.progress: Progress = no_progress
        self.serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self._found: list[Found] = []
        self._blocks: dict[str, str] = {}
        self._done = 0
        if not config.site_url:
            config.theme.static_templates.discard("sitemap.xml")  # it would list nothing
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Renders before MkDocs empties the site's folder, so that an error costs no page."""
        settings = settings_of(config, keep_going=self.serving)
        if self.prepared is not None:
            self._site = self.prepared
        else:
            self._site = _checked(self.render, Path(config.docs_dir), settings)
            for line in report((*unset_settings(config), *self._site.problems)):
                log.info(line)  # what is wrong with the data is no warning about the build: --strict stays
        self._pages = {page.src_uri: page for page in self._site.pages}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        _drop_unused_theme_files(files, config)
        _drop_links_to_outside(files, Path(config.docs_dir))
        generated = [(page.src_uri, page.markdown) for page in self._site.pages]
        generated.append((routes.HOME.src_uri, f"---\ntitle: {config.site_name}\n---\n\n{HOME_MARKER}\n"))
        if _has_template(config, "search.html"):
            generated.append((routes.SEARCH.src_uri, "---\ntitle: 検索\ntemplate: search.html\n---\n"))
        for uri, text in generated:
            if files.get_file_from_path(uri) is None:  # a page written by hand goes first
                files.append(File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
        for uri, content in self._site.data_files:
            files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
        self._total = len(files.documentation_pages())
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        there = {file.url for file in files.documentation_pages()}
        env.globals["pia_policy"] = POLICY
        env.globals["pia_navigation"] = [(words, page.url) for words, page in NAVIGATION if page.url in there]
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if page.file.src_uri == routes.HOME.src_uri and HOME_MARKER in markdown:
            return markdown.replace(HOME_MARKER, f"\n\n{self._site.home_block}\n\n")
        if self._generated(page) and is_one_block(markdown):
            self._blocks[page.file.src_uri] = markdown.strip()
            return ""  # Markdown would read all of it twice, and change nothing
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if page.file.src_uri in self._blocks:
            html = self._blocks.pop(page.file.src_uri)
            page.present_anchor_ids = set(_ID.findall(html))
        if page.meta.get("template") != "search.html":
            self._found.extend((page.url, entry) for entry in _entries(self._generated(page), page, html))
        return html

    def _generated(self, page: Page) -> RenderedPage | None:
        return self._pages.get(page.file.src_uri) if page.file.generated_by else None

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        self._done += 1
        self.progress("ページ", self._done, self._total)
        return with_policy(output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        return with_policy(output) if template_name.endswith(".html") else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        write_file(entries_json(self._found), str(Path(config.site_dir) / ENTRIES_URI))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        if config.theme.custom_dir:
            server.watch(config.theme.custom_dir)
        return allow_live_reload(server)


# --- what the hooks are made of ---


def _drop_links_to_outside(files: Files, docs_dir: Path) -> None:
    """A symbolic link could publish any file of the machine that builds; nothing behind one is published."""
    inside = docs_dir.resolve()
    for file in list(files):
        if file.generated_by or file.abs_src_path is None or file.src_dir != str(docs_dir):
            continue
        if not Path(file.abs_src_path).resolve().is_relative_to(inside):
            files.remove(file)
            log.warning("content の外を指すリンクは公開しません: %s", file.src_uri)


def settings_of(config: MkDocsConfig, *, keep_going: bool) -> SiteSettings:
    return SiteSettings(
        site_name=config.site_name,
        site_url=config.site_url or "",
        publisher=str(config.extra.get("publisher") or ""),
        report_to=str(config.extra.get("report_to") or ""),
        keep_going=keep_going,
    )


def unset_settings(config: MkDocsConfig) -> tuple[Problem, ...]:
    """Who is responsible for the site and where errors are reported must be set by the webmaster."""
    location = Location(Path(config.config_file_path))
    unset = [key for key in ("publisher", "report_to") if not str(config.extra.get(key) or "").strip()]
    return tuple(problem("C002", location, key=key) for key in unset)


def publishable(site: RenderedSite, *, keep_going: bool) -> bool:
    """No document has an error, or the sound ones are to be published and there are some."""
    return not has_errors(site.problems) or (keep_going and bool(site.pages))


def problem_text(found: Problem) -> str:
    address = f"（{found.location.address}）" if found.location.address else ""
    words = f"{found.location}: {found.severity.label} {found.code}{address} {found.message}"
    return f"{words} → {found.hint}"


def is_one_block(markdown: str) -> bool:
    """Whether the whole page is one raw HTML block, which Python-Markdown passes through as it is."""
    text = markdown.strip()
    return text.startswith("<div") and text.endswith("</div>") and "\n\n" not in text


def report(problems: Iterable[Problem]) -> list[str]:
    """A line for each error and warning, in file order; of what is for information only, the number."""
    found = in_file_order(problems)
    lines = [problem_text(one) for one in found if one.severity is not Severity.INFO]
    if len(lines) < len(found):
        lines.append(
            f"このほかに参考が {len(found) - len(lines)} 件あります（`pia-site check` で見られます）。"
        )
    return lines


def allow_live_reload(server: LiveReloadServer) -> LiveReloadServer:
    """Lets MkDocs' own reloading script run under the policy: the served copy of a page names its hash."""
    inject = server._inject_js_into_html

    def inject_and_allow(content: bytes, epoch: int) -> bytes:
        page: bytes = inject(content, epoch)
        return with_policy(page.decode()).encode()

    server._inject_js_into_html = inject_and_allow  # type: ignore[method-assign]
    return server


def _checked(render: Render, content_dir: Path, settings: SiteSettings) -> RenderedSite:
    try:
        site = render(content_dir, settings)
    except PiaSiteError as error:
        site = RenderedSite((), error.problems)
    if publishable(site, keep_going=settings.keep_going):
        return site
    errors = [p for p in in_file_order(site.problems) if p.severity is Severity.ERROR]
    head = f"誤りが {len(errors)} 件あるため、サイトを作りませんでした。"
    raise PluginError("\n".join((head, *map(problem_text, errors))))


def _entries(rendered: RenderedPage | None, page: Page, html: str) -> tuple[SearchEntry, ...]:
    if rendered is not None and rendered.entries is not None:
        return rendered.entries
    return (SearchEntry("", str(page.title or ""), plain_text(html)),)


def _drop_unused_theme_files(files: Files, config: MkDocsConfig) -> None:
    """Material's own scripts and styles: our templates use none of them, so none is published."""
    if not config.theme.custom_dir or not _has_template(config, "base.html", config.theme.custom_dir):
        return
    others = {directory for directory in config.theme.dirs if directory != config.theme.custom_dir}
    icon = config.theme.get("favicon")
    for file in list(files):
        if file.src_dir in others and file.src_uri != icon:
            files.remove(file)


def _has_template(config: MkDocsConfig, name: str, *folders: str) -> bool:
    return any((Path(folder) / name).is_file() for folder in folders or config.theme.dirs)


# --- running MkDocs ---


@dataclass(frozen=True, slots=True)
class Project:
    """What `build` and `serve` need to know of mkdocs.yml; all paths are absolute."""

    config_file: Path
    content_dir: Path
    site_dir: Path
    settings: SiteSettings
    problems: tuple[Problem, ...]
    theme_dirs: tuple[Path, ...] = ()
    """The project's own theme folder, where it has one."""


def read_project(project_dir: Path, *, keep_going: bool = False) -> Project:
    """Reads mkdocs.yml. Raises `PiaSiteError` where there is none or MkDocs refuses it."""
    config_file = (project_dir / "mkdocs.yml").resolve()
    location = Location(config_file)
    if not config_file.is_file():
        raise PiaSiteError([problem("F001", location)])
    with _warnings() as words:
        try:
            config = _load(config_file)
        except (MkDocsException, SystemExit) as error:
            raise PiaSiteError([problem("F004", location, detail="; ".join([*words, str(error)]))]) from None
    return Project(
        config_file=config_file,
        content_dir=Path(config.docs_dir),
        site_dir=Path(config.site_dir),
        settings=settings_of(config, keep_going=keep_going),
        problems=unset_settings(config),
        theme_dirs=(Path(config.theme.custom_dir),) if config.theme.custom_dir else (),
    )


@dataclass(frozen=True, slots=True)
class MkDocsRun:
    """Whether MkDocs finished, and every warning it had (in its own words)."""

    finished: bool
    notices: tuple[str, ...]


def run_mkdocs(
    project: Project,
    site_dir: Path,
    *,
    prepared: RenderedSite,
    progress: Progress = no_progress,
    serve_url: str | None = None,
) -> MkDocsRun:
    """Builds the project into `site_dir` from pages rendered before."""
    with _warnings() as notices:
        try:
            config = _load(project.config_file, site_dir=str(site_dir))
            plugin = next(p for p in config.plugins.values() if isinstance(p, PiaSitePlugin))
            plugin.prepared, plugin.progress = prepared, progress
            config.plugins.on_startup(command="serve" if serve_url else "build", dirty=False)
            if serve_url:
                config.site_url = serve_url
            try:
                build(config, serve_url=serve_url)
            finally:
                config.plugins.on_shutdown()
                plugin.prepared, plugin.progress = None, no_progress  # MkDocs keeps plugins for its process
        except StopIteration:
            return MkDocsRun(False, (*notices, "mkdocs.yml の plugins に pia-site がありません。"))
        except (MkDocsException, SystemExit) as error:
            return MkDocsRun(False, (*notices, str(error)))
    return MkDocsRun(True, tuple(notices))


class Preview(LiveReloadServer):
    """MkDocs' reloading server over folders that are built elsewhere and shown when they are whole."""

    def __init__(
        self, host: str, port: int, mount_path: str, rebuild: Callable[[], object], shown: Callable[[], Path]
    ) -> None:
        super().__init__(self._rebuild, host=host, port=port, root=str(shown()), mount_path=mount_path)
        self._make, self._shown = rebuild, shown
        self._ready: Callable[[], None] = lambda: None
        self.error_handler = self._error_page
        allow_live_reload(self)

    def _rebuild(self) -> None:
        self._make()
        self.root = str(self._shown())

    def run(self, ready: Callable[[], None]) -> None:
        """Serves until it is interrupted; `ready` is called when the port answers."""
        self._ready = ready
        try:
            self.serve()
        finally:
            self.shutdown()

    def server_activate(self) -> None:
        super().server_activate()
        self._ready()

    def _error_page(self, code: int) -> bytes | None:
        page = Path(self.root) / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def _load(config_file: Path, **overrides: str) -> MkDocsConfig:
    return load_config(config_file=str(config_file), **overrides)


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collects what MkDocs and its plugins would print as warnings and errors."""
    words: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            words.append(record.getMessage())

    handler = Collector(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield words
    finally:
        logger.removeHandler(handler)

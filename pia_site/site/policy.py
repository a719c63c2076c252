"""The content security policy of every page, computed from the page's own HTML.

The theme has no inline script and no inline style; where a page still holds one (the 404 page, which
cannot know its own depth, or what a webmaster adds), it is allowed by its SHA-256 alone, never by
'unsafe-inline'. Style attributes and event handlers have no hash: no page may use them.
Pure functions on HTML. May import: the standard library only.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)

_META = re.compile(
    r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)',
    re.IGNORECASE,
)
_TAG_REST = r"(?P<attributes>(?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=`]+))?)*)\s*>"
_INLINE = re.compile(
    rf"<(?P<tag>script|style){_TAG_REST}(?P<body>.*?)</(?P=tag)\s*>", re.IGNORECASE | re.DOTALL
)
_SRC = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"\stype\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SCRIPT_TYPES = {"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"}


def digest(text: str) -> str:
    """The source expression of an inline element: `'sha256-…'` over its text as the browser reads it."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(normal.encode()).digest()).decode()}'"


def inline_hashes(html: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The hashes of the inline scripts and of the inline styles, in page order, each once."""
    if "<script" not in html and "<style" not in html:
        return (), ()
    found: dict[str, dict[str, None]] = {"script": {}, "style": {}}
    for match in _INLINE.finditer(_COMMENT.sub("", html)):
        tag = match["tag"].lower()
        if tag == "script" and not _runs_inline(match["attributes"]):
            continue
        found[tag][digest(match["body"])] = None
    return tuple(found["script"]), tuple(found["style"])


def policy_for(html: str) -> str:
    """The policy under which this page works: `POLICY`, and a hash for each of its inline elements."""
    scripts, styles = inline_hashes(html)
    policy = POLICY
    if scripts:
        policy = policy.replace("script-src 'self'", " ".join(("script-src 'self'", *scripts)))
    if styles:
        policy = policy.replace("style-src 'self'", " ".join(("style-src 'self'", *styles)))
    return policy


def with_policy(html: str) -> str:
    """The page with the policy of its meta element brought up to date; pages without one stay as they are."""
    return _META.sub(lambda match: f"{match[1]}{policy_for(html)}{match[3]}", html, count=1)


def forbidden_markup(html: str) -> list[str]:
    """What the policy would block on this page whatever its hashes: style attributes, event handlers,
    `javascript:` links, and anything fetched from another host. Empty for a page that may be published."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def _runs_inline(attributes: str) -> bool:
    if _SRC.search(attributes):
        return False
    kind = _TYPE.search(attributes)
    return (kind[1].lower() if kind else "") in _SCRIPT_TYPES


class _Reader(HTMLParser):
    _FETCHED = frozenset({"script", "img", "iframe", "source", "video", "audio", "embed", "image", "use"})
    _FETCHING_LINKS = frozenset({"stylesheet", "icon", "preload", "preconnect", "prefetch", "manifest"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"{line}: <{tag} {name}>")
            elif name in {"href", "src", "action", "xlink:href"} and value.strip().lower().startswith(
                "javascript:"
            ):
                self.found.append(f"{line}: <{tag} {name}={value!r}>")
        fetched = [values[name] for name in ("src", "xlink:href", "data") if name in values]
        if tag in {"use", "image"} or (
            tag == "link" and self._FETCHING_LINKS & set(values.get("rel", "").split())
        ):
            fetched.append(values.get("href", ""))
        if tag in self._FETCHED or tag == "link":
            self.found.extend(
                f"{line}: <{tag}> {url}" for url in fetched if re.match(r"(?:[a-z]+:)?//", url, re.I)
            )

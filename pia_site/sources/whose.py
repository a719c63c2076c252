"""Whose assessment a source is: the body by its registry, the number by the cover or the registry.

Reads `registry/bodies.yaml` only as far as an import needs it. May import: text, problems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pia_site.problems import PiaSiteError
from pia_site.text.cleaning import matching_key
from pia_site.text.marked_yaml import Mapping, Node, Scalar, Sequence, read_yaml

UNKNOWN_SLUG = "mikakunin"
_TITLES = re.compile(r"(?:長|知事|理事長|管理者|委員会)\Z")
_SLUG = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body of the registry: slug, display name, every name it goes by, its assessments."""

    slug: str
    name: str
    names: tuple[str, ...]
    assessments: tuple[tuple[str, str], ...]
    """(番号, 名称) of each."""


def find_body(registry: Path | None, written: str, slug: str | None) -> KnownBody | None:
    """The body with that slug, else the one that goes by the name on the cover."""
    bodies = list(_bodies(registry))
    if slug is not None:
        return next((body for body in bodies if body.slug == slug), None)
    if not written.strip():
        return None
    wanted = {matching_key(written), matching_key(_TITLES.sub("", written.strip()))}
    found = [body for body in bodies if wanted & {matching_key(name) for name in body.names}]
    return found[0] if len(found) == 1 else None


def find_number(body: KnownBody | None, asked: str | None, printed: str, jimu: str) -> str:
    """The assessment's slug: what is asked for, 評価書番号, the registry's for this 事務, else a word."""
    if asked:
        return asked
    slug = _SLUG.sub("-", unicodedata.normalize("NFKC", printed).casefold()).strip("-")
    if slug:
        return slug
    for number, name in body.assessments if body else ():
        if jimu and matching_key(name) == matching_key(jimu):
            return number
    return UNKNOWN_SLUG


def _bodies(registry: Path | None) -> Iterator[KnownBody]:
    path = registry / "bodies.yaml" if registry else None
    if path is None or not path.is_file():
        return
    try:
        root = read_yaml(path)
    except PiaSiteError:
        return  # `check` reports what is wrong with a registry
    for entry in _sequence(root.entries.get("評価実施機関")):
        if not isinstance(entry, Mapping) or not _text(entry, "slug"):
            continue
        name = _text(entry, "名称")
        aliases = [alias.text for alias in _sequence(entry.entries.get("別名")) if isinstance(alias, Scalar)]
        listed = [one for one in _sequence(entry.entries.get("評価書")) if isinstance(one, Mapping)]
        yield KnownBody(
            slug=_text(entry, "slug"),
            name=name,
            names=(name, *aliases),
            assessments=tuple((_text(one, "番号"), _text(one, "名称")) for one in listed),
        )


def _sequence(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _text(node: Mapping, key: str) -> str:
    child = node.entries.get(key)
    return child.text if isinstance(child, Scalar) else ""

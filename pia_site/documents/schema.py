"""A JSON Schema (draft 2020-12) of edition YAML, one per form, made from the form definition.

An editor that honours the file's modeline completes keys, offers the choices and shows the printed
number and ※ of every item. The reader is stricter than a schema can be; both are made from the same
definition, and a test holds them together. May import: keys, forms.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pia_site.documents import keys
from pia_site.forms import Block, Form, Item, Kind, Node, Part, Section, all_forms

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_LOST: Schema = {"const": keys.LOST}


def write_schemas(content: Path) -> list[Path]:
    """The JSON Schema of every form, where the modeline of edition YAML expects it."""
    folder = content / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for form in all_forms():
        path = folder / f"{form.id}.json"
        path.write_text(schema_text(form), encoding="utf-8")
        written.append(path)
    return written


def schema_text(form: Form) -> str:
    return json.dumps(form_schema(form), ensure_ascii=False, indent=1) + "\n"


def form_schema(form: Form) -> Schema:
    """The schema of an edition on `form`, as a JSON-serialisable dict."""
    properties: Schema = {
        keys.FORM: {"enum": [form.name, form.number]},
        # A revision that has no definition of its own is written on the nearest one.
        keys.REVISION: {
            "anyOf": [{"enum": [form.revision, keys.UNKNOWN]}, {"pattern": "^(平成|令和).+年.+月$"}]
        },
        keys.COVERAGE: {"enum": [keys.COMPLETE, keys.ABRIDGED]},
        keys.OFFICIAL: _mapping({keys.OFFICIAL_NAME: _TEXT, keys.OFFICIAL_URL: _TEXT}),
        keys.OVERVIEW: _overview(),
    }
    for part in form.parts:
        properties[part.key] = _part(part)
    properties[keys.ANNEXES] = {"type": "array", "items": _annex()}
    properties[keys.MEMO] = _TEXT
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{form.name}（{form.number}、{form.revision}）",
        **_mapping(properties, required=[keys.FORM, keys.COVERAGE, keys.OFFICIAL]),
    }


def _mapping(properties: Schema, required: list[str] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required or [],
        "additionalProperties": False,
    }


def _overview() -> Schema:
    basis = {"anyOf": [_TEXT, _TEXTS]}
    short = _mapping({keys.ANSWER_SHORT: _TEXT, keys.BASIS: basis})
    questions = _mapping(dict.fromkeys(keys.QUESTION_NAMES, short))
    return _mapping({keys.SENTENCES: _TEXTS, keys.QUESTIONS: questions})


def _annex() -> Schema:
    return _mapping(
        {
            keys.ANNEX_NAME: _TEXT,
            keys.ANNEX_TITLE: _TEXT,
            keys.SUMMARY: _TEXT,
            keys.ANNEX_ENTRIES: _TEXTS,
        }
    )


def _part(part: Part) -> Schema:
    if part.role == "changes":
        return {"type": "array", "items": _change()}
    properties: Schema = {keys.FILES: _TEXTS} if part.role == "records" else {}
    for section in part.sections:
        if section.key is None:
            properties |= _nodes(section.nodes)
        else:
            properties[section.key] = _section(section)
    copy = {"title": f"{part.printed} {part.title}", **_mapping(properties)}
    return {"type": "array", "items": copy} if part.repeats else copy


def _section(section: Section) -> Schema:
    lone = section.lone_item
    lone_node = lone or section.lone_group
    body = _node(lone_node) if lone_node is not None else _mapping(_nodes(section.nodes))
    return {**body, "title": f"{section.number} {section.title}{'※' if section.star else ''}"}


def _nodes(nodes: tuple[Node, ...]) -> Schema:
    return {node.key: _node(node) for node in nodes}


def _node(node: Node) -> Schema:
    if isinstance(node, Item):
        return _item(node)
    if isinstance(node, Block):
        return {"title": "／".join((node.label, *node.titles)), **_mapping(_nodes(node.nodes))}
    return {"title": node.label, "type": "array", "items": _mapping(_nodes(node.nodes))}


def _item(item: Item) -> Schema:
    leaf = _leaf(item)
    if item.children:
        leaf = _mapping({keys.ANSWER: leaf, **_nodes(item.children)}, required=[keys.ANSWER])
    return {"title": f"{item.printed}{'※' if item.star else ''}", **leaf}


def _leaf(item: Item) -> Schema:
    fills = _nodes(item.fills)
    plain = _plain(item)
    extras: Schema = {keys.SUMMARY: _TEXT, keys.OMITTED: _TEXTS, keys.MEMO: _TEXT}
    if item.kind is Kind.LAW:
        cited = _mapping({keys.LAW: _TEXT, keys.PLACE: _TEXT})
        extras[keys.CITATIONS] = {"type": "array", "items": cited}
    shapes = [plain, _mapping({keys.STATE: _LOST, **extras, **fills}, [keys.STATE])]
    if item.kind is Kind.CHECKS:
        boxes = {"type": "array", "items": {"enum": list(item.options)}}
        shapes.append(_mapping({keys.TICKED: boxes, keys.UNKNOWN: boxes, **extras, **fills}))
    else:
        shapes.append(_mapping({keys.TEXT: plain, **extras}))
    if fills:
        shapes.append(_mapping({keys.ANSWER: plain, **fills}, [keys.ANSWER]))
    return {"anyOf": shapes}


def _plain(item: Item) -> Schema:
    match item.kind:
        case Kind.CHOICE:
            return {"enum": [*item.options, keys.UNKNOWN, "", "―"]}
        case Kind.CHECKS:
            return {"enum": [keys.UNKNOWN, "", "―"]}
        case Kind.COUNT:
            return {"anyOf": [{"type": "integer", "minimum": 0}, _TEXT]}
        case Kind.NAME | Kind.CONTACT:
            return {"anyOf": [_TEXT, _TEXTS]}
        case Kind.RECORDS:
            group = _mapping({keys.HEADING: _TEXT, keys.FIELDS: _TEXTS})
            return {"anyOf": [_TEXT, {"type": "array", "items": group}]}
        case _:
            return _TEXT


def _change() -> Schema:
    withheld = _mapping({keys.TEXT: _TEXT, keys.SUMMARY: _TEXT, keys.FINGERPRINT: _TEXT})
    side = {"anyOf": [_TEXT, withheld]}
    return _mapping(
        {
            keys.CHANGE_DATE: _TEXT,
            keys.CHANGE_ITEM: _TEXT,
            keys.BEFORE: side,
            keys.AFTER: side,
            keys.TIMING: {"enum": ["事前", "事後", ""]},
            keys.REASON: _TEXT,
        },
        required=[keys.CHANGE_DATE, keys.CHANGE_ITEM],
    )

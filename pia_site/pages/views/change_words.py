"""A declared change in a few plain words, from what the row itself says and nothing else.

The 項目 of a row ends, mostly, in the form's own label: that label is said. Where it does not, the words
behind its last number are said, and where there are none, the 項目 as it is written.
May import: documents, forms, text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pia_site.documents.edition import ChangeText, DeclaredChange
from pia_site.forms import Block, Form, Group, Item, Node, form_by_id
from pia_site.text.cleaning import collapse_spaces, drop_spaces, is_dash, matching_key

_STARTS = re.compile(r"(?:\A|(?<=[\s0-9０-９①-⑳Ⅰ-Ⅻ.．:：\-－―‐・,、)）\]］】]))(?=\S)")
"""Where a label may begin: never inside a word."""
_NUMBERS_BEHIND = re.compile(
    r"(?:リスク\s*[0-9０-９]+|[\s0-9０-９①-⑳Ⅰ-ⅫIVX.．:：\-－―‐・,、※]|[(（][0-9０-９]+[)）])+\Z"
)
_TAIL = re.compile(r"[0-9０-９①-⑳][\s.．:：\-－―‐)）]*(?P<words>[^\s0-9０-９①-⑳][^0-9０-９①-⑳]+)\Z")
_QUOTES = re.compile(r"[「」『』｢｣]+|※\Z|※(?=[」』｣])")
_PAIRS = (("「", "」"), ("『", "』"), ("｢", "｣"), ("（", "）"), ("(", ")"), ("【", "】"))
_INNER = str.maketrans("「」｢｣", "『』『』")
_NOTHING_WRITTEN = frozenset(
    {"記載なし", "記載無し", "なし", "追加", "新規", "新規追加", "削除", "空欄", "空白", "追記"}
)
_LONGEST = 60  # characters of a 項目 that is shown as it is


def change_words(form: Form, change: DeclaredChange) -> str:
    """「保管場所の記載を変更」, 「別添1の記載を追加」, 「「Ⅲ7②」の記載を変更」."""
    return f"{item_words(form, change.item)}の記載を{_what_happened(change)}"


def item_words(form: Form, item: str) -> str:
    """What a 項目 names, in the form's words where it ends in them."""
    as_written = collapse_spaces(item)
    if not as_written:
        return "項目の書かれていない欄"
    written = _QUOTES.sub(" ", as_written).strip()  # 「Ⅰ基本情報」「①システムの名称」
    if found := _label_at_end(form, written):
        label, several, start = found
        if label.endswith("か"):
            return f"「{label}」"
        above = _label_at_end(form, _NUMBERS_BEHIND.sub("", written[:start])) if several else None
        return f"{above[0]}（{label}）" if above else label
    if member := _member_at_end(form, written):
        return member
    tail = _TAIL.search(written)
    if tail and len(tail["words"]) <= _LONGEST and _is_whole(as_written):
        return tail["words"].strip("。")
    shown = as_written if len(as_written) <= _LONGEST else f"{as_written[:_LONGEST]}…"
    return f"「{shown.translate(_INNER)}」"


def _is_whole(written: str) -> bool:
    """A bracket that never closes is where the extraction of a source breaks off."""
    return all(written.count(opening) == written.count(closing) for opening, closing in _PAIRS)


def _what_happened(change: DeclaredChange) -> str:
    before, after = _is_nothing(change.before), _is_nothing(change.after)
    if before and not after:
        return "追加"
    if after and not before:
        return "削除"
    return "変更"


def _is_nothing(side: ChangeText) -> bool:
    """Whether a side says that nothing stood there; a withheld side says nothing of the kind."""
    if side.text is None:
        return False
    words = drop_spaces(side.text).strip("()（）「」。")
    return not words or is_dash(side.text) or words in _NOTHING_WRITTEN


# --- the labels of a form ---


def _label_at_end(form: Form, written: str) -> tuple[str, bool, int] | None:
    """The longest label that the words end in, whether several items bear it, and where it begins."""
    labels = _labels(form.id)
    for start in _STARTS.finditer(written):
        if found := labels.get(matching_key(written[start.start() :])):
            return (*found, start.start())
    return None


@cache
def _labels(form_id: str) -> dict[str, tuple[str, bool]]:
    """The form's labels and headings by matching key: as printed, and whether several items bear it."""
    printed: dict[str, str] = {}
    items: Counter[str] = Counter()
    for part in form_by_id(form_id).parts:
        printed.setdefault(matching_key(part.title), part.title)
        for section in part.sections:
            printed.setdefault(matching_key(section.title or ""), section.title or "")
            for node in _nodes(section.nodes):
                words = (node.label, *node.titles) if isinstance(node, Block) else (node.label,)
                for one in words:
                    printed.setdefault(matching_key(one), one)
                if isinstance(node, Item):
                    items[matching_key(node.label)] += 1
    printed.pop("", None)
    return {key: (label, items[key] > 1) for key, label in printed.items()}


def _nodes(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.items if isinstance(node, Item) else node.nodes)


def _member_at_end(form: Form, written: str) -> str | None:
    """「委託事項1」, where the row is about a whole member of a group and no other (委託事項3及び4)."""
    for start in _STARTS.finditer(written):
        key = matching_key(written[start.start() :])
        for label in _group_labels(form.id):
            found = re.fullmatch(rf"{re.escape(matching_key(label))}(?P<number>[0-9]+)", key)
            if found:
                return f"{label}{found['number']}"
    return None


@cache
def _group_labels(form_id: str) -> tuple[str, ...]:
    sections = (section for part in form_by_id(form_id).parts for section in part.sections)
    nodes = (node for section in sections for node in _nodes(section.nodes))
    return tuple(dict.fromkeys(node.label for node in nodes if isinstance(node, Group)))

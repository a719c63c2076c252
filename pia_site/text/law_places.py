"""Places inside a law: 第9条第1項, 別表第一の16、30及び59の項, 第2条の表, and lists of them, in canonical form.

The grammar half of `citations`: it reads compact text (half width, no white space except between two
numbers) at one position and knows nothing of which law a place belongs to.
May import: numbering; the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pia_site.text.numbering import KANJI_NUMBER, int_to_kanji, number_to_int


@dataclass(frozen=True, slots=True)
class Place:
    """One canonical place and its span in the compact text."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class LastPlace:
    """What 同条, 同項, 同表 and a bare 第2項 lean on: the parts of the place read last."""

    article: str = ""
    paragraph: str = ""
    table: str = ""


_ONE = rf"(?:\d{{1,4}}|[{KANJI_NUMBER}]{{1,7}})"
# 枝番号: 第43条の2の2. A kanji numeral after の is a branch only where no other kanji follows (第9条の一部).
_BRANCH = (
    rf"(?:の(?:\d{{1,3}}(?![\d年月日人件つ])"
    rf"|[{KANJI_NUMBER}]{{1,5}}(?=[第項号条及並又若各前後本附別]|[^一-鿿々ァ-ヺ]|\Z)))*"
)
_NUMBER = rf"{_ONE}{_BRANCH}"
_AND = "及び|並びに|又は|若しくは|および|ならびに|または|もしくは"
_SEPARATOR = rf"(?:(?:[、,・;/~ ]|{_AND}|から|と(?=第)){{1,2}})"

NEXT = re.compile(rf"{_SEPARATOR}")
CONNECTED = re.compile(rf"(?:[、,・;/~ のと]|{_AND}|から)*")
"""What may stand between two places without cutting the second off from the law of the first."""

_ARTICLE = re.compile(rf"第 ?(?P<n>{_NUMBER})条(?![例約件文])(?P<branch>{_BRANCH})")
_ARTICLE_WITHOUT_DAI = re.compile(rf"(?P<n>{_NUMBER})条(?![例約件文])(?P<branch>{_BRANCH})")
_PARAGRAPH = re.compile(rf"第? ?(?P<n>{_ONE})項(?![番目])(?P<branch>{_BRANCH})")
_ITEM = re.compile(rf"第? ?(?P<n>{_ONE})号(?!被保険者|様式|の項)(?P<branch>{_BRANCH})")
_LIST = re.compile(
    rf"(?P<numbers>第? ?{_NUMBER}(?:{_SEPARATOR}第? ?{_NUMBER}){{1,300}})(?P<unit>条(?![例約件文])|項(?![番目])|号)"
)
_EACH = re.compile(_NUMBER)
_SUPPLEMENT = re.compile(r"附則")
_SAME = re.compile(r"同(?P<what>条|項|表)")

_TABLE = re.compile(rf"別表(?:(?P<dai>第)? ?(?P<n>{_ONE}))?")
_TABLE_OF_ARTICLE = re.compile(r"の表(?![示題現記明紙])")
_NUMBERS = rf"{_NUMBER}(?:{_SEPARATOR}(?:項番:?|第)? ?{_NUMBER}){{0,300}}"
# 「の16、30及び59の項」「(第1、2、3の項の項)」 after the head of a table, and 「項番1、2、3」
_TABLE_ITEMS = re.compile(
    rf"[の、:]? ?\(?(?:項番:?(?P<listed>{_NUMBERS})(?:の項)?|第? ?(?P<numbers>{_NUMBERS})の?項(?![番目])(?:の項)*)"
)
_MORE_TABLE_ITEMS = re.compile(rf"{_SEPARATOR}第? ?(?P<numbers>{_NUMBERS})の項")
_TABLE_ITSELF = re.compile(rf"第? ?(?P<numbers>{_NUMBER})の?項(?![番目])")
_MORE_TABLES = re.compile(rf"{_SEPARATOR}第 ?(?P<n>{_ONE})(?![{KANJI_NUMBER}\d条項号章節款欄表編の])")
_RELATED = re.compile(r"関係")
_NOTE = re.compile(rf"の?記の?(?P<n>{_NUMBER})")

# 別表第2の4の項 is item 4 of 別表第二, 別表56の2の項 is item 56の2: no law numbers its tables this high.
_HIGHEST_TABLE, _HIGHEST_TABLE_WITHOUT_DAI = 10, 5


def read_places(s: str, at: int, *, after_law: bool, last: LastPlace) -> tuple[list[Place], int]:
    """The places that begin at `at`, a list read to its end, and the position behind them.

    Directly after a law's name (`after_law`) the spellings 9条2項, 第2項 and 記の2 count too. `last` is
    brought up to date. Nothing there: an empty list and `at`.
    """
    places: list[Place] = []
    end = at
    while True:
        start = end
        if places:
            separator = NEXT.match(s, end)
            if not separator:
                break
            start = separator.end()
        element = list(_element(s, start, last, loose=after_law or bool(places)))
        if not element or _RELATED.match(s, element[-1].end):
            break  # 「別表(第3条関係)」 names what a table is about, not a place cited
        places += element
        end = element[-1].end
    return places, end


def _element(s: str, at: int, last: LastPlace, *, loose: bool) -> Iterator[Place]:
    """One member of a list of places with all that hangs on it."""
    if same := _SAME.match(s, at):
        yield from _after_same(s, at, same, last)
    elif s.startswith("別表", at):
        yield from _table(s, at, last)
    elif s.startswith("附則", at):
        yield from _supplement(s, at, last, loose=loose)
    elif article := (_ARTICLE.match(s, at) or (loose and _ARTICLE_WITHOUT_DAI.match(s, at))):
        last.article, last.paragraph = _article(article["n"], article["branch"]), ""
        yield from _below_article(s, at, article.end(), last)
    elif (loose or s.startswith("第", at)) and (listed := _LIST.match(s, at)):
        yield from _list(s, listed, last, loose=loose)
    elif loose and (paragraph := _PARAGRAPH.match(s, at)):
        last.paragraph = f"第{_number(paragraph['n'])}項" + _branch(paragraph["branch"])
        yield from _below_paragraph(s, at, paragraph.end(), last)
    elif loose and (item := _ITEM.match(s, at)):
        yield Place(last.article + last.paragraph + _item(item), at, item.end())
    elif loose and (note := _NOTE.match(s, at)):
        yield Place("記の" + _number(note["n"]), at, note.end())


def _below_article(s: str, start: int, end: int, last: LastPlace) -> Iterator[Place]:
    if table := _TABLE_OF_ARTICLE.match(s, end):
        yield from _items_of_table(s, start, table.end(), last.article + "の表", last)
    elif (listed := _LIST.match(s, end)) and listed["unit"] != "条":
        yield from _list(s, listed, last, loose=True, start=start)
    elif paragraph := _PARAGRAPH.match(s, end):
        last.paragraph = f"第{_number(paragraph['n'])}項" + _branch(paragraph["branch"])
        yield from _below_paragraph(s, start, paragraph.end(), last)
    elif item := _ITEM.match(s, end):
        yield Place(last.article + _item(item), start, item.end())
    else:
        yield Place(last.article, start, end)


def _below_paragraph(s: str, start: int, end: int, last: LastPlace) -> Iterator[Place]:
    above = last.article + last.paragraph
    if table := _TABLE_OF_ARTICLE.match(s, end):
        yield from _items_of_table(s, start, table.end(), above + "の表", last)
    elif (listed := _LIST.match(s, end)) and listed["unit"] == "号":
        yield from _list(s, listed, last, loose=True, start=start)
    elif item := _ITEM.match(s, end):
        yield Place(above + _item(item), start, item.end())
    else:
        yield Place(above, start, end)


def _list(
    s: str, listed: re.Match[str], last: LastPlace, *, loose: bool, start: int | None = None
) -> Iterator[Place]:
    """「第1、2、10の2条」: one unit for all. A first number that a place stands before takes its span."""
    unit = listed["unit"]
    if unit != "条" and not loose:
        return
    numbers = list(_EACH.finditer(s, listed.start("numbers"), listed.end("numbers")))
    for number in numbers:
        begin = number.start() - (s[number.start() - 1] == "第" if number.start() else 0)
        begin = start if start is not None and number is numbers[0] else begin
        end = listed.end() if number is numbers[-1] else number.end()
        if unit == "条":
            last.article, last.paragraph = _article(number[0], ""), ""
            text = last.article
        else:
            head, _, branch = _number(number[0]).partition("の")
            named = f"第{head}{unit}" + (f"の{branch}" if branch else "")
            text = last.article + (named if unit == "項" else last.paragraph + named)
            last.paragraph = named if unit == "項" else last.paragraph
        yield Place(text, begin, end)


def _supplement(s: str, at: int, last: LastPlace, *, loose: bool) -> Iterator[Place]:
    behind = at + len("附則")
    if article := _ARTICLE.match(s, behind):
        last.article, last.paragraph = "附則" + _article(article["n"], article["branch"]), ""
        yield from _below_article(s, at, article.end(), last)
    elif paragraph := _PARAGRAPH.match(s, behind):
        last.article, last.paragraph = "附則", f"第{_number(paragraph['n'])}項"
        yield from _below_paragraph(s, at, paragraph.end(), last)
    elif loose:
        last.article, last.paragraph = "附則", ""
        yield Place("附則", at, behind)


def _after_same(s: str, at: int, same: re.Match[str], last: LastPlace) -> Iterator[Place]:
    """同条第2項, 同項第3号, 同表の5の項; the word alone cites nothing new."""
    below: list[Place] = []
    if same["what"] == "表" and last.table and _TABLE_ITEMS.match(s, same.end()):
        below = list(_items_of_table(s, at, same.end(), last.table, last))
    elif same["what"] == "条" and last.article:
        last.paragraph = ""
        below = list(_below_article(s, at, same.end(), last))
    elif same["what"] == "項" and last.paragraph:
        below = list(_below_paragraph(s, at, same.end(), last))
    yield from (place for place in below if place.end > same.end())


# --- tables ---


def _table(s: str, at: int, last: LastPlace) -> Iterator[Place]:
    head = _TABLE.match(s, at)
    assert head is not None  # the caller saw 別表
    number = number_to_int(head["n"]) if head["n"] else None
    numbered = bool(number) and (number or 0) <= (
        _HIGHEST_TABLE if head["dai"] else _HIGHEST_TABLE_WITHOUT_DAI
    )
    bare = at + len("別表")
    if numbered and _TABLE_ITEMS.match(s, head.end()):
        yield from _items_of_table(s, at, head.end(), _table_name(number), last)
    elif itself := _TABLE_ITSELF.match(s, bare):
        last.table = "別表"
        yield Place(f"別表の{_number(itself['numbers'])}の項", at, itself.end())
        yield from _more_items(s, itself.end(), last)
    elif numbered:
        last.table = _table_name(number)
        yield Place(last.table, at, head.end())
        end = head.end()
        while more := _MORE_TABLES.match(s, end):
            last.table, end = _table_name(number_to_int(more["n"])), more.end()
            yield Place(last.table, s.index("第", more.start()), end)
    else:
        yield from _items_of_table(s, at, bare, "別表", last)


def _table_name(number: int | None) -> str:
    return f"別表第{int_to_kanji(number)}" if number and number <= 9999 else "別表"


def _items_of_table(s: str, start: int, end: int, table: str, last: LastPlace) -> Iterator[Place]:
    last.table = table
    items = _TABLE_ITEMS.match(s, end)
    if not items:
        yield Place(table, start, end)
        return
    group = "listed" if items["listed"] else "numbers"
    yield from _each_item(s, items, group, table, start)
    yield from _more_items(s, items.end(), last)


def _more_items(s: str, end: int, last: LastPlace) -> Iterator[Place]:
    while more := _MORE_TABLE_ITEMS.match(s, end):
        yield from _each_item(s, more, "numbers", last.table, None)
        end = more.end()


def _each_item(s: str, items: re.Match[str], group: str, table: str, start: int | None) -> Iterator[Place]:
    numbers = list(_EACH.finditer(s, items.start(group), items.end(group)))
    for number in numbers:
        begin = start if start is not None and number is numbers[0] else number.start()
        end = items.end() if number is numbers[-1] else number.end()
        yield Place(f"{table}の{_number(number[0])}の項", begin, end)


# --- canonical numbers ---


def _number(written: str) -> str:
    """`四十三の二` → `43の2`."""
    return "の".join(str(number_to_int(part) or 0) for part in written.split("の"))


def _branch(written: str) -> str:
    return "の" + _number(written[1:]) if written else ""


def _article(number: str, branch: str) -> str:
    """Both 第10条の2 and 10の2条 are 第10条の2."""
    head, _, rest = (_number(number) + _branch(branch)).partition("の")
    return f"第{head}条" + (f"の{rest}" if rest else "")


def _item(item: re.Match[str]) -> str:
    return f"第{_number(item['n'])}号" + _branch(item["branch"])

"""Which wording of 番号法 a citation belongs to (rule 20 of the form rules).

Two amendments renumbered what these documents cite: on 令和3年9月1日 第19条第7号 became 第8号, on
令和6年5月27日 別表第一 became 別表 and 別表第二 gave way to the table of 第2条 of an order. Nothing is said
of other laws, of 番号法's other articles, or of a citation that could be read both ways.
May import: text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pia_site.text.cleaning import matching_key
from pia_site.text.wareki import format_wareki


class Standing(StrEnum):
    """How a citation stands on a day: in force, no longer, not yet, or not to be told."""

    CURRENT = "current"
    OUTDATED = "outdated"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The span of days in which a citation is the law's own number, ISO, None where it is open."""

    since: str | None = None
    until: str | None = None
    then: Standing = Standing.UNKNOWN
    """On the edition's date; UNKNOWN for an undated edition."""
    today: Standing = Standing.UNKNOWN
    explanation: str = ""

    @property
    def epoch(self) -> str | None:
        """「令和3年9月1日から令和6年5月26日まで」; None without an epoch, or where old and new are mixed."""
        if self.since and self.until and self.since > self.until:
            return None
        words = f"{format_wareki(self.since)}から" if self.since else ""
        words += f"{format_wareki(self.until)}まで" if self.until else ""
        return words or None

    @property
    def outdated_then(self) -> bool:
        return self.then is Standing.OUTDATED

    @property
    def outdated_today(self) -> bool:
        return self.today is Standing.OUTDATED


NO_VERDICT = Verdict()


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a citation of this pattern tells about its time. One of `since` and `until` is set."""

    pattern: re.Pattern[str]
    words: str
    since: str | None = None
    until: str | None = None


_ITEM_MOVED, _BEFORE_ITEM_MOVED = "2021-09-01", "2021-08-31"
_TABLES_MOVED, _BEFORE_TABLES_MOVED = "2024-05-27", "2024-05-26"

# Patterns are matched against matching keys: half width, no white space.
_NUMERAL = "0-9〇一二三四五六七八九十百"
_ARTICLE_19 = rf"(?<![{_NUMERAL}])(?:19|十九)条(?:第?(?:1|一)項)?第?"
# 別表第2の項 may be item 2 of 別表: only a number that no 項 follows at once is a table's.
_OF_TABLE = rf"(?![{_NUMERAL}条]|の?項)"
_PLACE_RULES = (
    _Rule(
        re.compile(_ARTICLE_19 + rf"(?:7|七)号(?!の[{_NUMERAL}])"),
        "番号法第19条第7号は、令和3年9月1日に第19条第8号へ移りました。",
        until=_BEFORE_ITEM_MOVED,
    ),
    _Rule(
        re.compile(_ARTICLE_19 + rf"(?:8|八)号(?!の[{_NUMERAL}])"),
        "情報提供ネットワークシステムによる提供を番号法第19条第8号と引くのは、令和3年9月1日からです。",
        since=_ITEM_MOVED,
    ),
    _Rule(
        re.compile(rf"別表(?:第(?:1|一){_OF_TABLE}|(?:1|一)の[{_NUMERAL}])"),
        "番号法の別表第一は、令和6年5月27日に別表となりました。",
        until=_BEFORE_TABLES_MOVED,
    ),
    _Rule(
        re.compile(rf"別表(?:第(?:2|二){_OF_TABLE}|(?:2|二)の[{_NUMERAL}])"),
        "番号法の別表第二は、令和6年5月27日になくなり、命令第2条の表がこれに代わりました。",
        until=_BEFORE_TABLES_MOVED,
    ),
    _Rule(
        re.compile(
            rf"別表(?:の?第?[{_NUMERAL}]{{2,}}(?:の[{_NUMERAL}]+)*の?項|の[{_NUMERAL}]|(?![第の{_NUMERAL}]))"
        ),
        "番号法に番号の付かない別表があるのは、令和6年5月27日からです。",
        since=_TABLES_MOVED,
    ),
)
_NUMBER_ACT = "番号の利用等に関する法律"
_TITLE_RULES = (
    _Rule(
        re.compile(r"別表第(?:1|一|2|二)の主務省令"),
        "別表第一・別表第二の名を持つ主務省令は、令和6年5月26日までのものです。",
        until=_BEFORE_TABLES_MOVED,
    ),
    _Rule(
        re.compile(r"別表の主務省令|(?:19|十九)条第(?:8|八)号に基づく利用特定個人情報の提供に関する命令"),
        "この命令の名は、令和6年5月27日からのものです。",
        since=_TABLES_MOVED,
    ),
)
_NAMES = frozenset(
    matching_key(name)
    for name in (
        "番号法",
        "番号利用法",
        "マイナンバー法",
        "行政手続における特定の個人を識別するための番号の利用等に関する法律",
        "行政手続きにおける特定の個人を識別するための番号の利用等に関する法律",
    )
)
_LAW_NUMBER = re.compile(r"\(.*\)\Z")


def verdict(names: Iterable[str], place: str, *, published: str | None, today: str) -> Verdict:
    """The epoch of a citation: the law under any of its names, a place in it, and two ISO dates.

    `published` is None for an undated edition.
    """
    rules = _rules(names, matching_key(place))
    if not rules:
        return NO_VERDICT
    since = max((rule.since for rule in rules if rule.since), default=None)
    until = min((rule.until for rule in rules if rule.until), default=None)
    then = _standing(since, until, published)
    return Verdict(
        since=since,
        until=until,
        then=then,
        today=_standing(since, until, today),
        explanation="".join((*(rule.words for rule in rules), _then_words(since, until, then))),
    )


def _rules(names: Iterable[str], place: str) -> list[_Rule]:
    keys = [_LAW_NUMBER.sub("", matching_key(name)) for name in names]
    if any(key in _NAMES for key in keys):
        return [rule for rule in _PLACE_RULES if rule.pattern.search(place)]
    orders = [key for key in keys if _NUMBER_ACT in key or key.startswith("番号法")]
    return [rule for rule in _TITLE_RULES if any(rule.pattern.search(key) for key in orders)]


def _standing(since: str | None, until: str | None, day: str | None) -> Standing:
    if day is None:
        return Standing.UNKNOWN
    if until is not None and day > until:
        return Standing.OUTDATED
    if since is not None and day < since:
        return Standing.NOT_YET
    return Standing.CURRENT


def _then_words(since: str | None, until: str | None, then: Standing) -> str:
    if since and until and since > until:
        return "改正の前と後の番号が一つの引用に並んでいます。"
    return {
        Standing.CURRENT: "公表日の時点の番号で引かれています。",
        Standing.OUTDATED: "公表日の時点ですでに改められていた番号です。",
        Standing.NOT_YET: "公表日の時点では、この番号は別の定めを指すか、まだありません。",
        Standing.UNKNOWN: "公表日が分からないため、当時の番号だったかどうかは分かりません。",
    }[then]

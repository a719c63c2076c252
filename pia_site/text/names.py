"""Names of companies and offices: a key to recognise one by, its branch, and lists of names taken apart.

A name as written is never altered here; keys are for comparing, parts keep their spelling.
May import: cleaning; the standard library.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pia_site.text.cleaning import matching_key

# --- companies ---

_LEGAL_FORMS = (
    "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "相互会社",
    "公益財団法人", "一般財団法人", "財団法人", "公益社団法人", "一般社団法人", "社団法人",
    "社会医療法人", "特定医療法人", "医療法人社団", "医療法人財団", "医療法人", "社会福祉法人", "学校法人", "宗教法人",
    "特定非営利活動法人", "認定npo法人", "npo法人", "地方独立行政法人", "独立行政法人", "国立研究開発法人",
    "国立大学法人", "公立大学法人", "監査法人", "税理士法人", "弁護士法人",
)  # fmt: skip
# In brackets, as NFKC leaves ㈱ ㈲ ㈶ ㈳ ㈻ ㈼; longer ones first.
_SHORT_FORMS = (
    "一般財団", "一般社団", "公益財団", "公益社団", "一財", "公財", "一社", "公社", "特非", "地独", "独法",
    "株", "有", "合", "資", "名", "財", "社", "医", "福", "学", "宗", "独", "監",
)  # fmt: skip
_FORM = re.compile(rf"{'|'.join(_LEGAL_FORMS)}|\((?:{'|'.join(_SHORT_FORMS)})\)")


def company_key(s: str) -> str:
    """What two spellings of one company or organisation are compared by.

    `matching_key` without the legal form, in full (株式会社) or short (㈱, (株)), wherever it stands. 見本
    株式会社 and 株式会社見本 get one key though they may be two companies: a key proposes, the registry
    decides. A name that is nothing but its form keeps it.
    """
    key = matching_key(s)
    return _FORM.sub("", key) or key


_FORM_AS_WRITTEN = r"(?:株式会社|有限会社|合同会社|[㈱㈲㍿]|[(（](?:株|有|同)[)）])"
_DEPARTMENTS = r"(?:[\s　]*[^\s　、，,]{1,15}(?:部|課|室|グループ))*"
_BRANCH_WORD = "支社|支店|支所|支部|支局|営業所|営業部|出張所|事業所|事業部|事務所|本社|本店|オフィス"
# 「東北支社」「東北支社 公共営業部」「公共事業本部 第二営業部」, but not 「情報処理センター」: that is a name
_BRANCH = rf"[^\s　、，,]{{0,20}}?(?:{_BRANCH_WORD}|本部|総局|センター){_DEPARTMENTS}"
_CERTAIN_BRANCH = rf"(?:[^\s　、，,]{{1,20}}?(?:{_BRANCH_WORD})|本社|本店){_DEPARTMENTS}"
_SPLITS = tuple(
    re.compile(pattern)
    for pattern in (
        # 見本株式会社東北支社, 見本㈱ 東北支社: the form ends the company's name
        rf"(?P<company>.*[^\s　].*?{_FORM_AS_WRITTEN})[\s　]*(?P<branch>{_BRANCH})",
        # 株式会社見本 東北支社, 見本機構 東北事務所: only the space ends it
        rf"(?P<company>{_FORM_AS_WRITTEN}?[\s　]*[^\s　].*?)[\s　]+(?P<branch>{_CERTAIN_BRANCH})",
        rf"(?P<company>[^(（]*[^\s　(（])[\s　]*[(（](?P<branch>{_CERTAIN_BRANCH})[)）]",
    )
)


def split_branch(name: str) -> tuple[str, str | None]:
    """A company's name and the branch written behind it, both as written; None where there is no branch.

    `見本Japan株式会社東北支社` and `見本Japan株式会社 東北支社` → (`見本Japan株式会社`, `東北支社`);
    `株式会社 見本製作所` has none. Behind a form that stands first only a space can part the two.
    """
    name = name.strip()
    for split in _SPLITS:
        if match := split.fullmatch(name):
            return match["company"].strip(), match["branch"].strip()
    return name, None


# --- lists of names ---

_OPENING, _CLOSING = "(（「『【〔[［<＜〈《", ")）」』】〕]］>＞〉》"
_TAG = re.compile(r"</?(?:br|ul|ol|li|p|div|span|b|small)\b[^<>]*>", re.IGNORECASE)
_SEPARATORS = "、，,;；\n\r\t\v\f\x85\u2028\u2029"
_CIRCLED = "①-⑳㉑-㉟㊱-㊿⑴-⒇"
# A bullet at the start of an element, or behind white space: (1) １． 1) ① ・ ○ ■ -
_BULLET = re.compile(
    rf"(?:[(（][0-9０-９]{{1,3}}[)）]|[0-9０-９]{{1,3}}(?:[.．](?![0-9０-９])|[)）])|[{_CIRCLED}]"
    r"|[・･○●◎◯□■◇◆▪•‣]+|[-*＊‐－](?=[\s　]))[\s　]*(?=\S)"
)
# ①甲②乙 and (1)甲(2)乙: a list that counts goes on without white space too.
_COUNTED = re.compile(rf"(?:(?P<circled>[{_CIRCLED}])|[(（](?P<plain>[0-9０-９]{{1,3}})[)）])[\s　]*(?=\S)")
_HEADING = re.compile(r"【[^【】]*】")


def split_names(text: str) -> list[str]:
    """The names that a value lists, as written and in order.

    Names are parted by 、 and commas, by line ends and tabs, by <br> and other tags of lists, and by
    bullets ((1), 1., ①, ・, ○ …) that open the text, follow white space or count on (①甲②乙). A space alone
    parts nothing: 見本部 見本課 is one office. Brackets keep together what they hold, and so does a comma inside a
    number. Separators, bullets and the white space around them are all that is lost.

    A heading 【見本部】 stays in front of the name it is written before, and only there, so that every
    element is as written; `under_headings` says which heading each of them stands under.
    """
    pieces = [piece.strip() for piece in _pieces(text)]
    names: list[str] = []
    heading = ""
    for piece in pieces:
        if _HEADING.fullmatch(piece):
            if heading:
                names.append(heading)
            heading = piece  # 「【見本部】」 on a line of its own belongs to the name below it
        elif piece:
            names.append(heading + piece)
            heading = ""
    return [*names, heading] if heading else names


def under_headings(names: Iterable[str]) -> list[tuple[str | None, str]]:
    """(heading, name) for the elements of `split_names`: 【見本部】 holds until the next heading.

    The heading comes without its brackets; a heading with no name below it is left out.
    """
    result: list[tuple[str | None, str]] = []
    current: str | None = None
    for name in names:
        if match := _HEADING.match(name):
            current = match[0][1:-1].strip()
            name = name[match.end() :].strip()
        if name:
            result.append((current, name))
    return result


def _pieces(text: str) -> Iterator[str]:
    """The text cut at separators, bullets and headings; the pieces may be empty."""
    closes = _matched_brackets(text)
    start = at = 0
    fresh = True  # whether only white space or a separator lies before `at`
    count: tuple[str, int] | None = None
    while at < len(text):
        character = text[at]
        if tag := _TAG.match(text, at):
            yield text[start:at]
            start = at = tag.end()
            fresh = True
        elif bullet := _bullet(text, at, fresh, count):
            yield text[start:at]
            count = _count(text, at)
            start = at = bullet.end()
            fresh = True  # ○(1) is one bullet after another
        elif character == "【" and at in closes and _opens_entry(text, closes[at] + 1):
            yield text[start:at]
            start, at = at, closes[at] + 1
            fresh = True
            if _BULLET.match(text, at):  # 【見本部】・見本課: the heading is parted from its first name
                yield text[start:at]
                start = at
        elif at in closes:
            at = closes[at] + 1
            fresh = False
        elif character in _SEPARATORS and not _inside_number(text, at):
            yield text[start:at]
            start = at = at + 1
            fresh = True
        else:
            fresh = character.isspace() or (fresh and not character.strip("\u200b\ufeff"))
            at += 1
    yield text[start:]


def _bullet(text: str, at: int, fresh: bool, count: tuple[str, int] | None) -> re.Match[str] | None:
    if fresh:
        return _BULLET.match(text, at)
    following = count and _count(text, at)
    if count and following and following == (count[0], count[1] + 1):
        return _COUNTED.match(text, at)
    return None


def _count(text: str, at: int) -> tuple[str, int] | None:
    """The kind and the number of a counting bullet at `at`."""
    counted = _COUNTED.match(text, at)
    if not counted:
        return None
    if counted["plain"]:
        return "plain", int(counted["plain"])
    return "circled", int(unicodedata.numeric(counted["circled"]))


def _matched_brackets(text: str) -> dict[int, int]:
    """Where each outermost bracket that is closed by its own kind closes; a stray one protects nothing."""
    closes: dict[int, int] = {}
    open_at: list[int] = []
    for at, character in enumerate(text):
        if character in _OPENING:
            open_at.append(at)
        elif character in _CLOSING:
            kind = _CLOSING.index(character)
            for depth in range(len(open_at) - 1, -1, -1):
                if _OPENING.index(text[open_at[depth]]) // 2 == kind // 2:
                    closes[open_at[depth]] = at
                    del open_at[depth:]
                    break
    return closes


def _opens_entry(text: str, behind: int) -> bool:
    """Whether a 【…】 is a heading: a name follows it, where 見本ファイル【廃止】 ends there."""
    rest = text[behind:].lstrip(" \u3000\n\r")
    return bool(rest) and rest[0] not in "、，,;；。)）"


def _inside_number(text: str, at: int) -> bool:
    return text[at] in ",，" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Whether a word may name a folder and stand in a URL for good: a–z, 0–9 and single hyphens."""
    return _SLUG.fullmatch(text) is not None

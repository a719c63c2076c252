"""Texts about 評価書 that are none: instructions, notices, lists, minutes, laws. Said with the reason.

A text that holds a cover is a 評価書 even if nothing else of it is left, and an empty form is one, too.
May import: cover, cover_marks, which_form, extract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pia_site.sources.covers.cover import Cover, cover_lines, read_cover
from pia_site.sources.covers.marks import Word
from pia_site.sources.extract import Extract
from pia_site.sources.which_form import count_headings

_HEAD = 400
"""Blocks among which a cover stands."""
_TITLE = 15
"""Lines among which a page says what it is."""
_LONGEST_TITLE = 80
_FEWEST_HEADINGS = 5
"""Different headings of one form that make a text written on it."""
_FEWEST_RECOGNISED = 8
_FEWEST_LABELS = 4


def why_no_assessment(extract: Extract, cover: Cover | None = None, recognised: int = 0) -> str | None:
    """Why a source is no 評価書, in Japanese; None where it is one.

    `cover` is what `read_cover` made of its head, if that is known; `recognised` the headings and labels that a
    reading of the source has found.
    """
    lines = [line for block in extract.blocks for cell in block.cells for line in cell]
    if not lines:
        return "文字がありません。画像だけの PDF なら、文字を読み取ってから取り込んでください"
    cover = cover or read_cover(cover_lines(extract.blocks[:_HEAD]))
    text = "\n".join(lines)
    if reason := _guidance(text, lines) or _law(lines, cover):
        return reason
    is_written_on_form = recognised >= _FEWEST_RECOGNISED or count_headings(extract) >= _FEWEST_HEADINGS
    if is_written_on_form or _is_cover(cover):
        return None
    return _minutes(text, lines) or _notice(text, lines) or _list(lines, cover) or _other(text, cover)


def _is_cover(cover: Cover) -> bool:
    """Whether labels stand together that only a cover has: notices and lists name the others, too."""
    own = {Word.DECLARATION, Word.REMARKS, Word.APPROVAL}
    return len(cover.labels) >= _FEWEST_LABELS and (
        bool(own & cover.labels) or cover.revision.value is not None
    )


def _titles(lines: Sequence[str]) -> Iterator[str]:
    return ("".join(line.split()) for line in lines[:_TITLE] if len(line) <= _LONGEST_TITLE)


# --- kinds of texts ---

_ASKED = re.compile(r"(?:記載|記入|選択|入力|確認)(?:し|を行っ)てください")
_INSTRUCTIONS = re.compile(r"記載要領|記載方法|記入要領|作成要領|書き方")
_FEWEST_ASKED = 5
_ASKED_EVERY = 2_000
"""Characters of instructions among which the reader is asked once at least."""


def _guidance(text: str, lines: Sequence[str]) -> str | None:
    asked = len(_ASKED.findall("".join(text.split())))
    is_dense = asked >= _FEWEST_ASKED and asked * _ASKED_EVERY >= len(text)
    is_titled = asked > 0 and any(_INSTRUCTIONS.search(title) for title in _titles(lines))
    if not is_dense and not is_titled:
        return None
    return f"評価書の書き方の説明（記載要領）です。「…してください」という説明が{asked}か所あります"


_ARTICLE = re.compile(r"第\s*([0-9０-９]{1,3}|[一二三四五六七八九十百]{1,5})\s*条(?=[\s　(（]|\Z)")
_CHAPTER = re.compile(r"第\s*([1-9１-９])(?=[\s　])")
_FIRST = {"1", "１", "一"}
_FEWEST_ARTICLES = 3


def _law(lines: Sequence[str], cover: Cover) -> str | None:
    """Articles or chapters from the first on, and no cover above them."""
    if cover.number.value or cover.title.value or cover.body.value:
        return None
    for pattern in (_ARTICLE, _CHAPTER):
        found = [match[1] for line in lines if (match := pattern.match(line.strip()))]
        if len(set(found)) >= _FEWEST_ARTICLES and found[0] in _FIRST:
            return "条や章に分かれた規程（規則、条例、指針など）です"
    return None


_MINUTES = re.compile(r"議事録|会議録|議事要旨|議事概要|会議の結果|審議結果")
_OF_A_MEETING = re.compile(r"出席|委員|開会|閉会|議題|議事|傍聴|質疑")
_FEWEST_SIGNS = 2


def _minutes(text: str, lines: Sequence[str]) -> str | None:
    is_titled = any(_MINUTES.search(title) for title in _titles(lines))
    if not is_titled or len(set(_OF_A_MEETING.findall(text))) < _FEWEST_SIGNS:
        return None
    return "会議の記録です"


_NOTICE = re.compile(r"意見(?:の|を)?(?:募集|公募|提出)|意見募集|パブリック・?コメント|意見聴取")
_OF_A_NOTICE = re.compile(
    r"募集期間|意見募集期間|提出方法|提出先|提出期限|閲覧(?:場所|期間|方法)|実施結果|募集(?:結果|した)|提案者|意見の件数|問い?合わ?せ先|応募"
)


def _notice(text: str, lines: Sequence[str]) -> str | None:
    is_titled = any(_NOTICE.search(title) for title in _titles(lines))
    if not is_titled or len(set(_OF_A_NOTICE.findall(text))) < _FEWEST_SIGNS:
        return None
    return "評価書（案）への意見募集のお知らせです。評価書そのもののファイルを取り込んでください"


_LISTED = re.compile(r"(?:基礎|重点|全)項目評価書|\.pdf|[（(]PDF|[KM]B[)）]", re.IGNORECASE)
_FEWEST_LISTED = 3


def _list(lines: Sequence[str], cover: Cover) -> str | None:
    if (
        Word.DECLARATION in cover.labels
        or sum(_LISTED.search(line) is not None for line in lines) < _FEWEST_LISTED
    ):
        return None
    return "公表している評価書の一覧です。一覧にある評価書のファイルを一つずつ取り込んでください"


def _other(text: str, cover: Cover) -> str:
    if "特定個人情報保護評価とは" in "".join(text.split()):
        return "特定個人情報保護評価の制度を説明したものです"
    if cover.is_found:
        return "表紙の項目名の一部しか見当たらず、様式の見出しがありません"
    return "様式の表紙も見出しも見当たりません"

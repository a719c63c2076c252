"""What the words in a box of the cover can be: a number, a name of a body, the name of a 評価書.

Nothing is known here of where the words stand. All texts are in plain width and without white space.
May import: the standard library.
"""

from __future__ import annotations

import re

FORM_NAMES = ("全項目評価書", "重点項目評価書", "基礎項目評価書")

# --- 評価書番号 ---

_FIGURES = r"(?:第|No\.?|[A-Z]{1,3}-?)?\d{1,12}(?:[-‐‑–—―−ーの]\d{1,4}){0,2}号?"
_NUMBER = re.compile(_FIGURES, re.IGNORECASE)
_LEADING = re.compile(rf"{_FIGURES}(?![\d/年月日])", re.IGNORECASE)
_TRAILING = re.compile(rf"(?<![\d年月日A-Za-z/.(第-]){_FIGURES}\Z", re.IGNORECASE)
_COUNTED = re.compile(
    r"[歳才号種級割類月つ週度期回件型階、,.]|年(?!金)|人(?!事|口|権|材)|条(?!例)|次(?!世代)|子(?!ど|供|育)|名(?!簿|称)|"
    r"区(?!画|分|民|立)|番(?!号)|等級|[か箇ヶケヵカ][月所国年]|[個箇](?:月|所|人あたり)|丁目|項(?!目)"
)
"""After a digit these make a word of it: 「1歳6か月児」 is the beginning of a name, 「5 年金」 is not."""


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def leading_number(text: str) -> int:
    """How many characters of the text are a number that it begins with; 0 for none."""
    match = _LEADING.match(text)
    return match.end() if match and match.end() < len(text) else 0


def trailing_number(text: str) -> int:
    """Where a number begins that the text ends with; the length of the text for none."""
    match = _TRAILING.search(text)
    return match.start() if match and match.start() > 0 else len(text)


def is_counted(following: str) -> bool:
    """Whether a digit before these words belongs to them."""
    return _COUNTED.match(following) is not None


# --- 評価書名 ---

_WHOLE_TITLE = re.compile(r".*(?:評価書|事務|業務)等?(?:[\[(【〔][^\])】〕]{1,20}[\])】〕])*")
_NAME_INSIDE = re.compile(rf"(?:{'|'.join(FORM_NAMES)})(?![\[(【〔]|\Z)")
_NO_TITLE = re.compile(
    r"\A[-‐–—―ー−]|\Aなし|。(?!\))|(?<![又く])は、|宣言|公表日|特記事項|評価実施機関|評価書番号|行政機関等のみ|\.pdf|https?:|[KM]B\b"
)
_REPEATED = re.compile(r"(.{6,})\1")
_KANJI = re.compile(r"[\u3400-\u9fff]")
_LONGEST_TITLE = 150


def is_title(text: str) -> bool:
    """Whether the words in the box of the 評価書名 can be one."""
    return (
        3 <= len(text) <= _LONGEST_TITLE
        and _NO_TITLE.search(text) is None
        and _NAME_INSIDE.search(text) is None
        and _REPEATED.search(text) is None
        and len(_KANJI.findall(text)) >= 2
        and (not is_head_of_body(text) or "事務" in text)
    )


def is_whole_title(text: str) -> bool:
    """Whether the words say themselves that they are a 評価書名: they end as most of them do."""
    return is_title(text) and _WHOLE_TITLE.fullmatch(text) is not None


def missing_tail(text: str) -> str:
    """What a name lacks that breaks off within the form's name: 書 after 「…基礎項目評価」."""
    for name in FORM_NAMES:
        for length in range(len(name) - 1, 1, -1):
            if text.endswith(name[:length]):
                return name[length:]
    return ""


def form_in_title(text: str) -> str | None:
    """The form that a 評価書名 names."""
    named = {name for name in FORM_NAMES if name in text}
    return named.pop() if len(named) == 1 else None


# --- 評価実施機関名 ---

_HEADS = (
    r"[都道府県市区町村]長|知事|大臣|長官|総裁|管理者|(?:教育|選挙管理|農業|公安|監査|人事)委員会|"
    r"(?:広域|事務)?組合(?:長|理事長|管理者|代表理事)?|広域連合(?:長)?|連合会(?:長|理事長)?|機構(?:理事長)?|"
    r"基金(?:理事長)?|協会(?:けんぽ|会長|理事長)?|センター(?:長|理事長)?|公社|事業団|共済(?:会)?"
)
_HEAD = re.compile(rf".{{1,40}}?(?:{_HEADS})")
_OFFICE = re.compile(
    r".(?:[都道府県市区町村省庁院局長会]|知事|大臣|長官|総裁|大学|学校|管理者|委員|銀行|金庫|本部)\Z|"
    r"法人|事務所|組合|連合|会社|協会|機構|基金|センター|公社|事業団"
)
_NO_BODY = re.compile(
    r"\A[-‐–—―ー−]|\Aなし|。|、|は|\d|[/:：<>＜＞]|評価書|宣言|承認|公表|特記|行政機関等|様式|に関する|事務(?!所|組合)"
)
_LONGEST_BODY = 45
_BOARD = re.compile(r"(?:特定)?個人情報保護委員会")
_HEAD_OF_BODY = re.compile(r"(?:長|知事|理事長|管理者|代表理事|会長|長官|大臣)\Z")
_LOCAL = re.compile(
    r"(?:市|区|町|村)長|知事|教育委員会|組合|広域連合|[都道府県市区町村](?:長|議会)?\Z|会社|事務所|連合会"
)


def can_be_body(text: str) -> bool:
    return 2 <= len(text) <= _LONGEST_BODY and not _NO_BODY.search(text) and not _BOARD.fullmatch(text)


def is_body(text: str) -> bool:
    """Whether the words in the box of the body can be one or more: each holds a word for an office."""
    return all(can_be_body(one) and _OFFICE.search(one) is not None for one in text.split("、"))


def is_head_of_body(text: str) -> bool:
    """Whether the words say themselves that they are a body: 「見本市長」, 「見本健康保険組合」."""
    return can_be_body(text) and _HEAD.fullmatch(text) is not None


def begins_with_head(text: str) -> bool:
    """Whether words begin with a body, as those of its box do that were joined to a name."""
    return _HEAD.match(text) is not None


def is_local(body: str) -> bool:
    """Whether a body is none of the 行政機関等 that the 委員会 approves the 評価書 of."""
    return _LOCAL.search(body) is not None


def core_of_body(body: str) -> str:
    """見本市 of 見本市長."""
    return _HEAD_OF_BODY.sub("", body)


def same_body(body: str, subject: str) -> bool:
    """Whether the body on the cover and the subject of its declaration can be one: 見本市長 and 見本市.

    A body may be written with its prefecture, a minister declares as a ministry.
    """
    core = core_of_body(body)
    is_ministry = body.endswith(("大臣", "長官")) and body[:2] == subject[:2]
    return len(core) >= 2 and (core == subject or body == subject or subject in body or is_ministry)


# --- 宣言 ---

_SUBJECT = re.compile(r"(?P<who>[^。]{2,60}?)(?:\(以下[^)]{0,40}\))?は[、,]?")
_DECLARED = re.compile(r"宣言|措置|認識|権利利益")


def is_declaration(text: str) -> bool:
    return "特定個人情報" in text and _DECLARED.search(text) is not None and len(text) > 40


def subject_of(declaration: str) -> str | None:
    """Who declares: the words before the first は, if they can be a body."""
    match = _SUBJECT.match(declaration)
    return match["who"] if match and is_body(match["who"]) else None

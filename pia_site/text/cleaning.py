"""Cleaning: small named steps from text to text, and the few compositions that the rooms above share.

No step here is for publishing except `collapse_spaces`: an official wording is shown as its body wrote
it, and everything else below exists so that two spellings of one thing can be recognised as one.
May import: the standard library only.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable

Step = Callable[[str], str]

# --- radicals ---

# Text layers of PDFs name a glyph by its radical: ⻑ for 長. NFKC folds the Kangxi block (2F00–2FD5) and
# 2E9F and 2EF3 only; the rest is Unicode's EquivalentUnifiedIdeograph property (UCD, since 11.0), less the
# simplified Chinese forms and the strokes, which no Japanese font yields.
_RADICALS_SUPPLEMENT = (
    "⺁厂⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母"
    "⺠民⺡氵⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻⺯糹⺲罒⺶羊⺹耂⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻆角"
    "⻌辶⻍辶⻎辶⻏邑⻑長⻒镸⻖阝⻗雨⻘青⻝食⻟飠⻣骨⻤鬼⻨麦⻩黄⻫斉⻭歯⻯竜⻱龜⻲亀⻳龟"
)
# Four Kangxi radicals decompose to the old forms 戶 靑 黃 黑, where a Japanese document means today's kanji.
_KANGXI_TODAY = "⼾戸⾭青⿈黄⿊黒"


def _pairs(joined: str) -> dict[int, str]:
    return {ord(joined[i]): joined[i + 1] for i in range(0, len(joined), 2)}


_RADICALS = {
    **{c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)},
    **_pairs(_KANGXI_TODAY),
    **_pairs(_RADICALS_SUPPLEMENT),
}


def fold_radicals(s: str) -> str:
    """Radical characters (U+2E80–2FD5) as the ordinary kanji they were meant to be; all else stays."""
    return s.translate(_RADICALS)


# Extraction once turned 「が不」 into the Thai words for 'that not' (「…ที่ไม่正確であるリスク」).
_THAI_NOT = "ที่ไม่"
_THAI = re.compile("[\u0e00-\u0e7f]+")


def repair_damage(s: str) -> str:
    """A label with the known damage of text extraction undone: radicals, Thai letters.

    Only for recognising labels. The damage is part of what a source holds and is reported, not mended.
    """
    return _THAI.sub("", fold_radicals(s).replace(_THAI_NOT, "が不"))


# --- width and white space ---


def fold_width(s: str) -> str:
    """NFKC: one width for letters, digits and kana.

    For matching only, never for what is published: it also turns ① into 1, Ⅰ into I, ㈱ into (株) and
    … into three dots, so an official wording would no longer be the wording.
    """
    return unicodedata.normalize("NFKC", s)


# Soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]+")


def drop_spaces(s: str) -> str:
    """Without any white space: everything Unicode calls so (U+3000 too), and what has no width."""
    return "".join(_INVISIBLE.sub("", s).split())


_BREAK = "\n\v\f\r\x85\u2028\u2029"
_ANY_SPACE = re.compile(r"\s+")
# What may stand before and after a line break in the middle of a Japanese sentence. A line that opens with
# a bullet (・○※①), a digit or an opening bracket begins something new and keeps its space.
_JAPANESE = "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WRAPPED_AFTER = re.compile(rf"[{_JAPANESE}、。，．」』）)】〕・]\Z")
_WRAPPED_BEFORE = re.compile(rf"[{_JAPANESE}、。，．」』）)】〕]")


def collapse_spaces(s: str) -> str:
    """One space for every run of white space, none at the ends.

    A single line break (with its indent) between two Japanese characters is a wrapped line and vanishes;
    a blank line, and a break before a bullet, number or opening bracket, becomes a space. Zero-width
    characters go.
    """
    s = _INVISIBLE.sub("", s).replace("\r\n", "\n").strip()

    def replacement(run: re.Match[str]) -> str:
        if sum(c in _BREAK for c in run[0]) != 1:
            return " "
        wrapped = _WRAPPED_AFTER.match(s[run.start() - 1]) and _WRAPPED_BEFORE.match(s, run.end())
        return "" if wrapped else " "

    return _ANY_SPACE.sub(replacement, s)


# --- matching ---

_DASH = "-‐‑‒–—―−─━﹘﹣－"
_DASHES = re.compile(f"[{_DASH}]")
# 「ー」 is a long vowel after kana and a dash everywhere else.
_STRAY_LONG_VOWEL = re.compile(r"(?<![ぁ-ゖァ-ヺー])ー+")

_BRACKETS = str.maketrans(
    {
        **dict.fromkeys("〔｟⦅❨", "("),
        **dict.fromkeys("〕｠⦆❩", ")"),
        **dict.fromkeys("【〖⟦", "["),
        **dict.fromkeys("】〗⟧", "]"),
        **dict.fromkeys("‹〈《«≪⟨", "<"),
        **dict.fromkeys("›〉》»≫⟩", ">"),
        **dict.fromkeys("『“‘", "「"),
        **dict.fromkeys("』”’", "」"),
        **dict.fromkeys("·•‧∙", "・"),
        **dict.fromkeys("〜∼～", "~"),
    }
)

# Old and variant forms that mean the same office, company or law. Pairs that both live on as different
# names (斉・斎, 龍・竜, 島・嶋) are left apart.
_KANJI_VARIANTS = _pairs(
    "髙高﨑崎嵜崎德徳濵浜濱浜邊辺邉辺齋斎齊斉栁柳𠮷吉國国會会學学縣県區区廣広澤沢瀧滝冨富眞真惠恵壽寿榮栄"
    "藏蔵條条號号圖図應応經経總総攝摂證証讓譲彌弥檜桧萬万與与亞亜寶宝櫻桜靜静將将增増淸清黑黒靑青黃黄戶戸"
    "醫医險険險険舊旧實実體体當当辨弁辯弁瓣弁關関聯連單単團団處処變変麥麦龜亀齒歯內内絲糸鐵鉄淺浅禮礼"
)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def _unify_dashes(s: str) -> str:
    return _STRAY_LONG_VOWEL.sub(lambda m: "-" * len(m[0]), _DASHES.sub("-", s))


def _unify_brackets(s: str) -> str:
    return s.translate(_BRACKETS)


def _fold_kanji_variants(s: str) -> str:
    return _SELECTORS.sub("", s).translate(_KANJI_VARIANTS)


# White space goes before NFKC (so that ｶ + space + ﾞ still meet) and after it (NFKC makes spaces).
_MATCHING_STEPS: tuple[Step, ...] = (
    fold_radicals,
    drop_spaces,
    fold_width,
    str.casefold,
    drop_spaces,
    _unify_dashes,
    _unify_brackets,
    _fold_kanji_variants,
)


def matching_key(s: str) -> str:
    """What two spellings are compared by; equal keys mean 'the same words', nothing more.

    Width, case, white space, radicals, variant kanji, dashes, tildes, middle dots and the families of
    brackets (round, square, angle, quotation) are unified. The long vowel mark inside a word stays.
    """
    for step in _MATCHING_STEPS:
        s = step(s)
    return s


def fingerprint_text(s: str) -> str:
    """The normalised text that a fingerprint is taken of: NFKC without white space.

    Fingerprints are committed beside the editions, so this never changes: no other folding is applied.
    """
    return drop_spaces(fold_width(drop_spaces(s)))


def fingerprint(s: str) -> str:
    """`sha256:` and the hex digest of the UTF-8 of `fingerprint_text(s)`."""
    return "sha256:" + hashlib.sha256(fingerprint_text(s).encode("utf-8", "surrogatepass")).hexdigest()


# --- having no answer ---

_DASH_MARK = re.compile(f"[{_DASH}ーｰ]+")
_NONE_WORDS = re.compile(r"(?:該当|特に|とくに)?(?:なし|無し)。?")


def is_dash_mark(s: str) -> bool:
    """Whether nothing but dashes stands there: 「―」「—」「-」「－」「ー」, alone or repeated."""
    return _DASH_MARK.fullmatch(drop_spaces(s)) is not None


def is_none_word(s: str) -> bool:
    """Whether it says 「なし」「該当なし」「特になし」 (also 無し), with or without 。"""
    return _NONE_WORDS.fullmatch(drop_spaces(s)) is not None


def is_dash(s: str) -> bool:
    """Whether the body wrote that there is nothing to write: a dash or a word for none.

    An empty answer is not one: printed empty and 「―」 are kept apart (design, four ways of no answer).
    """
    return is_dash_mark(s) or is_none_word(s)

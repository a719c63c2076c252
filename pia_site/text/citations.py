"""Law citations as law items write them: which law, and which place in it, one by one.

The text is read once from left to right. A law is recognised by a spelling the caller knows or by how its
name ends (法, 条例, …を定める命令); the places behind it belong to it, and so does a place that follows later
without a law of its own. Nothing is refused: what cannot be read is passed over.
May import: law_places, cleaning; the standard library.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pia_site.text.cleaning import drop_spaces, fold_radicals
from pia_site.text.law_places import CONNECTED, NEXT, LastPlace, Place, read_places


@dataclass(frozen=True, slots=True)
class Citation:
    """One place of one law.

    `law` is its name as written, without white space; 同法 and the like are resolved to the law meant;
    empty where the text names none. `place` is canonical (`第9条第1項`, `別表第一の59の項`), empty for a law
    named without one. `start` and `end` are the span in the text given.
    """

    law: str
    place: str
    start: int
    end: int


def find_citations(text: str, known_laws: Iterable[str] = ()) -> list[Citation]:
    """Every citation in the text, in order: one per article, paragraph or item, one per item of a 別表.

    `known_laws` are spellings to prefer, the longest first; a law not among them is found by how its name
    ends. Of a range (第1条から第5条まで) both ends are cited: which articles lie between is the law's to say.
    """
    reading = _Reading(_compact(text), text, _known_pattern(tuple(sorted(set(known_laws)))))
    reading.run()
    return reading.citations


# --- compact text ---

_BOUNDARY = "\0"
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|&[a-z]{2,6};|&#\d{1,6};")
_BREAKS = {"\n": 1, "\t": 2}  # a tab parts cells as surely as a blank line parts paragraphs
_SHORT_LINE = 16  # characters; a shorter line is a heading, a longer one may be wrapped within a name


@dataclass(frozen=True, slots=True)
class _Compact:
    """The text to read: half width, without white space but one space between two digits.

    `origin[i]` is where character i stands in the text given. `loose` and `firm` hold the positions
    before which white space stood: within a line, and where a new entry is likely to begin.
    """

    s: str
    origin: list[int]
    loose: list[int]
    firm: list[int]


def _compact(text: str) -> _Compact:
    text = _TAG.sub(lambda tag: _BOUNDARY * len(tag[0]), text)
    characters: list[str] = []
    origin: list[int] = []
    loose: list[int] = []
    firm: list[int] = []
    space, breaks, line = "", 0, 0
    for index, character in enumerate(text):
        if not drop_spaces(character):
            breaks = (breaks if space else 0) + _BREAKS.get(character, 0)
            space = character
            continue
        folded = _fold(character)
        if space and characters:
            position = len(characters)
            if _is_number(characters[-1]) and _is_number(folded[:1]):
                characters.append(" ")
                origin.append(index)
            if breaks == 0:
                loose.append(position)
            elif breaks > 1 or line < _SHORT_LINE:
                firm.append(position)
            line = 0 if breaks else line
        space = ""
        characters += folded
        origin += [index] * len(folded)
        line += 1
    return _Compact("".join(characters), origin, loose, firm)


def _fold(character: str) -> str:
    # ① and Ⅱ are bullets here, not the 1 and II that NFKC makes of them.
    if unicodedata.category(character) in ("No", "Nl") and character != "〇":
        return _BOUNDARY
    return unicodedata.normalize("NFKC", fold_radicals(character))


def _is_number(character: str) -> bool:
    return character != "" and character in "0123456789〇一二三四五六七八九十百千"


# --- names of laws ---

_WORD = "一-鿿々ァ-ヺー"  # what a name without particles is made of
_ENDING = re.compile(
    r"法律(?!家|相談)|(?:施行|政|省|府|庁|命)?令(?![和書状])|(?:施行)?規則(?![的性正])|条例|規程|規約"
    r"|法(?![人務令定的規案曹廷典師士則])"
)
_LONG_TITLE = re.compile(
    r"(?:に関する|に関し|に係る|に対する|(?:の|る)ための|を定める|についての|に伴う|を改正する|に基づく)"
    r"(?:特例|特別措置|臨時措置|基本|暫定措置|特別)?\Z"
)
# A title goes on behind the name of the law it depends on: 施行令, 別表第一の主務省令で定める…命令,
# 第十九条第八号に基づく…命令, 法律に基づく…条例, …の一部を改正する法律
_N = r"[0-9〇一二三四五六七八九十百千の]{1,9}"
_IN_TITLE = r"[^、。()「」\[\]【】<>・○\0]"
_CONTINUED = re.compile(
    rf"施行(?:令|規則|細則|条例|規程)|(?:の|等の)?一部を改正する(?:等の)?(?:法律|政令|省令|条例|規則)"
    rf"|の施行に関する(?:規則|規程)|(?:の)?(?:別表(?:第{_N})?の)?主務省令で定める事務(?:及び情報)?を定める命令"
    rf"|(?:第{_N}条(?:第{_N}項)?(?:第{_N}号)?)?(?:の規定)?に基づく"
    rf"{_IN_TITLE}{{2,70}}?(?:に関する|を定める)(?:命令|省令|政令|規則|条例)"
)
_DEPENDENT_TITLE = re.compile(rf"別表(?:第{_N})?の主務省令で定める事務(?:及び情報)?を定める命令")

# Words that end like a law and are none, and short names that mean a law only before a place.
_NEVER_A_LAW = re.compile(
    r"(?:方法|法令|違法|適法|各法|関係法|現行法|改正法|諸法|指令|司令|号令|辞令|発令|訓令)\Z"
    r"|\A(?:その|この|これら|それら|各|手法|用法|使用法|利用法|合法|工法|療法|司法|立法|不法|無法|文法|作法|技法|寸法|製法|他法|本法|"
    r"国内法|特別法|新法|旧法)"
)
_GENERIC = re.compile(
    rf"(?:本|当該|関係|関連|主務|市|町|村|県|施行|その)?(?:法律?|令|条例|規則|規程|規約|命令|政令)"
    rf"|[{_WORD}・]{{0,12}}[省府庁政]令|[{_WORD}]*(?<!施行)令"
)
# Titles that no rule of word forms finds the beginning of.
_WELL_KNOWN = (
    "行政手続における特定の個人を識別するための番号の利用等に関する法律",
    "行政手続きにおける特定の個人を識別するための番号の利用等に関する法律",
    "番号法",
    "番号利用法",
    "マイナンバー法",
    "子ども・子育て支援法",
    "母子及び父子並びに寡婦福祉法",
    "日本国との平和条約に基づき日本の国籍を離脱した者等の出入国管理に関する特例法",
)

_BEFORE_NAME = re.compile(
    r"(?:等(?=の規定|に|が|を|及び)|の規定|に(?:より|よる|基づき|基づく|規定する|定める|掲げる|係る)"
    rf"|{NEXT.pattern}|かつ|その他の?|[のをはでともやに]|が(?!ん))*"
)
_PROSE = re.compile(rf"(?:[{_WORD}]|で|に|と|ら|こと|もの)(?:は|が|も)(?=[{_WORD}])|根拠(?:規定|法令)?の?")
_SHORT_NAME = re.compile(rf"(?:こども|子ども|[{_WORD}A-Za-z])+\Z")
_KANA_TOWN = re.compile(r"[ぁ-ん]{2,8}\Z")  # いわき市税条例
_TOWN = re.compile(r"[ぁ-んァ-ヺ一-鿿]{1,7}[市町村区県都府](?!町村)")  # 「…用途 いわき市…に関する条例」
_LONGEST_NAME = 160

_SAME_LAW = re.compile(r"同(?P<kind>法律|法|政令|省令|令|条例|規則|規程|規約|命令)(?![人一])")
_NOTICE = re.compile(r"「(?P<name>[^「」]{4,150}通知\)?)」")
_NOTE_OF_NOTICE = re.compile(r"の?(?=記)")
_BRACKET = re.compile(r"\((?:[^()]|\([^()]*\)){1,300}\)")
_ABOUT_LAW = re.compile(
    r"\((?:明治|大正|昭和|平成|令和)(?:元|[0-9〇一二三四五六七八九十]+)年|\([^()]*以下、?.?「"
)
_ALIAS = re.compile(r"以下、?(?:単に|同じく)?「(?P<name>[^「」]{1,60})」という")
_LAW_NUMBER = re.compile(
    rf"(?:明治|大正|昭和|平成|令和)(?:元|{_N})年[{_WORD}・]{{0,20}}?"
    rf"(?:法律|[政省府庁勅訓]令|令|規則|条例|規程|告示)第 ?{_N}号"
)
_BOUNDARIES = frozenset("、。,.:;|「」『』【】〔〕[]{}()<>“”\"'○●◎◯□■◇◆※→⇒★☆-~*&\0")
_TO_PLACE = re.compile(r"[」』】]?(?:の|、|:|,)?\(?")


@lru_cache(maxsize=32)
def _known_pattern(known_laws: tuple[str, ...]) -> re.Pattern[str]:
    spellings = {"".join(map(_fold, drop_spaces(law))) for law in (*known_laws, *_WELL_KNOWN)} - {""}
    return re.compile("|".join(map(re.escape, sorted(spellings, key=lambda law: (-len(law), law)))))


@dataclass(slots=True)
class _Reading:
    """One pass over a text. `segment` is where the next name may begin at the earliest."""

    compact: _Compact
    text: str
    known: re.Pattern[str]
    citations: list[Citation] = field(default_factory=list)
    laws: list[str] = field(default_factory=list)  # each once, by its latest mention; the last one is current
    aliases: set[str] = field(default_factory=set)
    last: LastPlace = field(default_factory=LastPlace)
    last_end: int = -1
    segment: int = 0

    def run(self) -> None:
        at = 0
        while at < len(self.compact.s):
            at = self._step(at)

    def _step(self, at: int) -> int:
        s = self.compact.s
        character = s[at]
        if character == "「" and (notice := _NOTICE.match(s, at)):
            about = self._about_law(notice.end())
            if note := _NOTE_OF_NOTICE.match(s, about):
                return self._law(notice.start("name"), notice.end("name"), note.end())
        if character in _BOUNDARIES or (character == "・" and self._is_bullet(at)):
            self.segment = at + 1
            return at + 1
        if character == "同" and (same := _SAME_LAW.match(s, at)):
            return self._same_law(same)
        if number := _LAW_NUMBER.match(s, at):
            self.segment = number.end()
            return number.end()
        if self._may_begin(at):
            known = self.known.match(s, at) or self._alias_at(at)
            if known and not s.startswith(("法", "律"), known.end()):
                return self._law(at, known.end())
            if dependent := _DEPENDENT_TITLE.match(s, at):
                return self._law(at, dependent.end())
        if ending := _ENDING.match(s, at):
            start = self._name_start(ending)
            if start is not None and self._is_law(start, ending.end()):
                return self._law(start, ending.end())
            return ending.end()
        places, end = read_places(s, at, after_law=at == self.last_end, last=self.last)
        if places:
            self._bare(places)
            return end
        return at + 1

    # --- where a name begins

    def _is_bullet(self, at: int) -> bool:
        """「・」 inside a word (子ども・子育て) is part of a name; everywhere else it opens an entry."""
        s = self.compact.s
        if at == self.segment or self._after_space(at):
            return True
        return not re.match(rf"[{_WORD}ぁ-ん]・[{_WORD}ぁ-ん]", s[at - 1 : at + 2])

    def _may_begin(self, at: int) -> bool:
        """A known spelling counts unless it is the tail of a longer word (国民|健康保険法)."""
        return (
            at <= self.segment
            or not re.match(rf"[{_WORD}]", self.compact.s[at - 1])
            or self._after_space(at)
            or self.compact.s.endswith(("及び", "並びに", "又は", "若しくは"), 0, at)
        )

    def _after_space(self, at: int) -> bool:
        return _last_before(self.compact.loose, at + 1) == at or _last_before(self.compact.firm, at + 1) == at

    def _alias_at(self, at: int) -> re.Match[str] | None:
        for alias in self.aliases:
            if self.compact.s.startswith(alias, at):
                return re.compile(re.escape(alias)).match(self.compact.s, at)
        return None

    def _name_start(self, ending: re.Match[str]) -> int | None:
        s, end = self.compact.s, ending.start()
        low = max(self.segment, end - _LONGEST_NAME, _last_before(self.compact.firm, end + 1))
        prefix = _BEFORE_NAME.match(s, low, end)
        low = prefix.end() if prefix else low
        if s.endswith(("その他の", "その他"), 0, low):
            return None
        if _LONG_TITLE.search(s, max(low, end - 20), end):
            for prose in _PROSE.finditer(s, low, end):
                low = prose.end()
            for gap in self.compact.loose[
                bisect_left(self.compact.loose, low) : bisect_left(self.compact.loose, end)
            ]:
                low = gap if _TOWN.match(s, gap) else low
            return low
        # A single 法 or 令 behind a space is the end of a damaged word; 条例 there is a word of its own.
        low = max(low, _last_before(self.compact.loose, end + (len(ending[0]) > 1)))
        run = _SHORT_NAME.search(s, low, end)
        if not run:
            return end
        if s.startswith(("市", "町", "村", "区"), run.start()) and (
            town := _KANA_TOWN.search(s, low, run.start())
        ):
            return town.start()
        return run.start()

    def _is_law(self, start: int, end: int) -> bool:
        name = self.compact.s[start:end]
        if _NEVER_A_LAW.search(name):
            return False
        if name in self.aliases or not _GENERIC.fullmatch(name):
            return True
        before_place = _TO_PLACE.match(self.compact.s, end)
        reached = before_place.end() if before_place else end
        return any(
            read_places(self.compact.s, position, after_law=False, last=LastPlace())[0]
            for position in {end, reached}
        )

    # --- a law and what hangs on it

    def _about_law(self, end: int) -> int:
        """Behind the brackets that tell a law's number and its short name, which is learnt."""
        s = self.compact.s
        while (bracket := _BRACKET.match(s, end)) and _ABOUT_LAW.match(bracket[0]):
            if alias := _ALIAS.search(bracket[0]):
                self.aliases.add(alias["name"])
            end = bracket.end()
        return end

    def _law(self, start: int, end: int, behind: int | None = None) -> int:
        s = self.compact.s
        while continued := _CONTINUED.match(s, end):
            end = continued.end()
        first, last = self.compact.origin[start], self.compact.origin[end - 1] + 1
        return self._named(
            fold_radicals(drop_spaces(self.text[first:last])), start, end, behind, mention=True
        )

    def _same_law(self, same: re.Match[str]) -> int:
        s, end = self.compact.s, same.end()
        tail = {"法律": "法", "政令": "令", "省令": "令", "命令": "令"}.get(same["kind"], same["kind"])
        endings = ("法", "法律") if tail == "法" else (tail,)
        alike = (law for law in reversed(self.laws) if law.endswith(endings))
        law = next(alike, self.laws[-1] if self.laws else "")
        while continued := _CONTINUED.match(s, end):
            law += continued[0] if law else ""
            end = continued.end()
        return self._named(law, same.start(), end, None, mention=end > same.end())

    def _named(self, law: str, start: int, end: int, behind: int | None, *, mention: bool) -> int:
        """Cite the places behind a law, or the law alone where there are none and it is a mention."""
        s = self.compact.s
        if law:
            self.laws = [*(named for named in self.laws if named != law), law]
        behind = self._about_law(end) if behind is None else behind
        to_place = _TO_PLACE.match(s, behind)
        for position in dict.fromkeys((to_place.end() if to_place else behind, behind)):
            places, place_end = read_places(s, position, after_law=True, last=self.last)
            if places:
                first = places[0]
                self._cite(law, Place(first.text, start, first.end))
                for place in places[1:]:
                    self._cite(law, place)
                self.segment = self.last_end = place_end
                return place_end
        if mention and law:
            self._cite(law, Place("", start, end))
        self.segment = behind
        return behind

    # --- a place without a law of its own

    def _bare(self, places: list[Place]) -> None:
        law = self._law_of_bare(places[0])
        for place in places:
            self._cite(law, place)
        self.segment = self.last_end = places[-1].end

    def _law_of_bare(self, place: Place) -> str:
        s, start = self.compact.s, place.start
        if not self.laws:
            return ""
        connected = self.last_end >= 0 and CONNECTED.fullmatch(s, self.last_end, start)
        if connected:
            return self.laws[-1]
        if start > self.segment and re.match(rf"[{_WORD}]", s[start - 1]):
            return ""  # 契約書第5条: a place of something that is no law
        if place.text.startswith("別表") and self.laws[-1].endswith("命令"):
            # 「命令第3条 (提供)別表第2…」: an order of this kind has no 別表, the law above it has.
            return next((law for law in reversed(self.laws) if not law.endswith("令")), self.laws[-1])
        return self.laws[-1]

    def _cite(self, law: str, place: Place) -> None:
        origin = self.compact.origin
        self.citations.append(Citation(law, place.text, origin[place.start], origin[place.end - 1] + 1))


def _last_before(positions: list[int], end: int) -> int:
    """The greatest of the sorted positions below `end`, or 0."""
    index = bisect_left(positions, end)
    return positions[index - 1] if index else 0

"""Personal names of officials in old change rows are not carried: 〔氏名〕 (design.md).

Until 平成30年5月 the forms asked for the 所属長 by name, so change rows hold names beside posts. Here nothing is
kept because it looks harmless: in such a row every word is masked that is not a post, an office or one of
the few words such cells hold. May import: text.
"""

from __future__ import annotations

import re

from pia_site.text.cleaning import drop_spaces, matching_key

MASK = "〔氏名〕"
HEAD_OF_OFFICE = "所属長"
_POST = (
    r"(?:課|部|局|室|所|係|館|園|校|署|班|次|会|理事|市|町|村|区|組合|院|事務|総務|支店|センター|グループ|チーム|科)長"
    r"|主任|主幹|主査|主席|主事|参事|副参事|参与|理事|補佐|代理|心得|事務取扱|担当|兼務|(?:管理|統括|総括)監"
)
_POST_END = re.compile(rf".*(?:{_POST})|兼")
# Family names end in 村, 町, 市, 部, 室 and 所 too (中村, 服部, 長谷部), so an office has to be longer than they are.
_OFFICE_END = re.compile(r".{2,}(?:課|局|係|センター|支所|出張所|グループ|チーム)|.{3,}(?:部|室|組合)")
_WORDS = frozenset(
    matching_key(word)
    for word in (
        *("なし", "無し", "記載なし", "記載無し", "変更なし", "同左", "同上", "削除", "追加", "新規", "変更"),
        *("空欄", "未定", "欠員", "氏名", "役職名", "所属長", "及び", "並びに", "ほか", "他", "外"),
    )
)
_SHORTEST = 3
"""A shorter full name stands inside too many other words to be sought everywhere."""
_WORD = re.compile(r"[^\s　()（）\[\]［］「」｢｣、,，・/／:：;；→⇒－―—-]+")
_GLUED = re.compile(rf"(?P<post>.*?(?:{_POST}))(?P<name>[々\u3400-\u9fff\uf900-\ufaff]{{2,8}})")
_POST_AND_NAME = re.compile(
    rf"(?P<post>(?:{_POST}))[\s　]+(?P<family>[々\u3400-\u9fff]{{1,4}})[\s　]+(?P<given>[々\u3400-\u9fffぁ-んァ-ヶー]{{1,5}})"
    r"(?=[\s　()（）、。]|\Z)"
)


class Masker:
    """Masks names and remembers them, so that they can be masked wherever else they stand."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def cell(self, text: str) -> str:
        """A cell that is about an official, with every word masked that may be a name."""
        masked = _WORD.sub(lambda match: self._word(match[0]), text)
        # Family and given name are two words; one mask stands for both.
        return re.sub(rf"{MASK}(?:[\s　]*{MASK})+", MASK, masked)

    def learn(self, text: str) -> None:
        """Remember the full names in a cell that is about an official."""
        for phrase in re.split(r"[()（）\[\]、,，\n]", text):
            words = [word for word in _WORD.findall(phrase) if self._word(word) == MASK]
            # One word alone may be an unknown office, and would be masked wherever it stands.
            if len(words) == 2:
                self._names.add("".join(words))
            for glued in map(_GLUED.fullmatch, _WORD.findall(phrase)):
                if glued and self._is_name(glued["name"]):
                    self._names.add(glued["name"])

    def known(self, text: str) -> str:
        """Any text, with the remembered names masked."""
        for name in sorted(self._names, key=len, reverse=True):
            if len(name) >= _SHORTEST:
                text = re.sub(r"[\s　]*".join(map(re.escape, name)), MASK, text)
        return text

    def anywhere(self, text: str) -> str:
        """A short text, with the remembered names masked, and any name that follows a post."""
        return self.known(_POST_AND_NAME.sub(self._after_post, text))

    def _after_post(self, match: re.Match[str]) -> str:
        words = match["family"], match["given"]
        if not all(self._is_name(word) for word in words):
            return match[0]
        self._names.add("".join(words))
        return f"{match['post']} {MASK}"

    def _word(self, word: str) -> str:
        if not self._is_name(word):
            return word
        glued = _GLUED.fullmatch(word)
        if glued and self._is_name(glued["name"]):
            return f"{glued['post']} {MASK}"
        return MASK

    @staticmethod
    def _is_name(word: str) -> bool:
        if word == MASK.strip("〔〕") or matching_key(word) in _WORDS:
            return False
        if not re.search(r"[々\u3400-\u9fff\uf900-\ufaffぁ-んァ-ヶA-Za-zＡ-Ｚａ-ｚ]", word):
            return False
        return not (_POST_END.fullmatch(word) or _OFFICE_END.fullmatch(word))


def is_about_official(item: str) -> bool:
    """Whether a change row or an item asks for the head of an office."""
    return HEAD_OF_OFFICE in drop_spaces(item)

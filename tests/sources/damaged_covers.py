"""Invented covers, well-formed, and what extractions of PDF files do to them.

A cover is a list of blocks (labels and values with their lines); a damage changes the blocks, or the text that
they are printed as. No damage changes a fact, so that whatever is read afterwards must be right or unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

FACTS = ("様式", "様式の版", "評価書番号", "評価書名", "評価実施機関名", "公表日")
FORMS = {"様式2": "基礎項目評価書", "様式3": "重点項目評価書", "様式4": "全項目評価書"}
REVISIONS = ("平成26年4月", "平成28年1月", "平成29年5月", "平成30年5月", "平成31年1月", "令和6年10月")
BODIES = (
    "見本市長",
    "見本県 架空町長",
    "架空村",
    "見本都架空区長",
    "見本県知事",
    "見本大臣",
    "見本庁長官",
    "架空市教育委員会",
    "見本県後期高齢者医療広域連合長",
    "見本県市町村職員共済組合",
    "架空左官国民健康保険組合",
    "見本製菓健康保険組合",
    "独立行政法人架空支援機構",
    "見本年金機構",
    "見本士法人架空事務所",
)
SUBJECTS = (
    "住民の見本台帳に関する事務",
    "見本券、見本証及び見本票の交付関係事務",
    "１歳６か月児見本健診に関する事務",
    "見本手当（特別分を含む。）の支給に関する事務",
    "架空税の賦課徴収及び減免に係る調査、照会、証明書の交付等に関する事務",
    "こども見本医療費助成事務",
    "2号架空保険の給付業務",
)
NUMBERS = ("1", "7", "12", "４", "第3号", "12-2", "3007", "11", "007", "K-12", "2015-3")
DATES = ("平成27年4月21日", "平成30年12月1日", "令和元年7月16日", "令和6年5月24日", "平成32年9月25日")
REMARKS = (
    "",
    "なし",
    "―",
    "番号を扱う端末は、\n窓口から離れた部屋に置いている。",
    "1 端末は窓口から離している。\n2 見本市役所の職員だけが使う。",
    "令和2年4月1日に見直した架空台帳の事務をふくむ。",
)
PRIVACY = "個人のプライバシー等の権利利益の保護の宣言"


@dataclass(frozen=True)
class Block:
    """A box of the cover. `label` tells the form's own words from what the body wrote."""

    name: str
    lines: tuple[str, ...]
    label: bool = False


@dataclass(frozen=True)
class Sheet:
    """The blocks of one cover in the order of their text, and the facts that it prints."""

    blocks: tuple[Block, ...]
    facts: dict[str, str]

    def block(self, name: str) -> Block:
        return next(block for block in self.blocks if block.name == name)


def invented(chance: Random) -> Sheet:
    """A cover as the form prints it: every box with its label, line by line."""
    form = chance.choice(sorted(FORMS))
    revision, body, date = chance.choice(REVISIONS), chance.choice(BODIES), chance.choice(DATES)
    number, subject = chance.choice(NUMBERS), chance.choice(SUBJECTS)
    title = chance.choice(("", "", "", "見本市 ")) + subject
    title += chance.choice(("", f" {FORMS[form]}", FORMS[form]))
    title += chance.choice(("", "", f"【{date} 終了】"))
    who = re.sub(r".* |(?<=[市区町村])長\Z|(?<=合)長\Z", "", body).replace("知事", "").replace("大臣", "省")
    of_what = subject if chance.random() < 0.7 else "番号をつかう事務"
    declared = (
        f"{who}は{chance.choice(('、', ''))}{of_what}において特定個人情報を扱うにあたり、",
        "番号をもつ人の権利利益を守るために要る措置をすべてとり、",
        "その状況を毎年たしかめることを宣言する。",
    )
    board = "特定個人情報保護委員会" if revision == REVISIONS[0] else "個人情報保護委員会"
    remarks = chance.choice(REMARKS)
    approval = [Block("承認日", (f"{board} 承認日【行政機関等のみ】",), True)] if form == "様式4" else []
    blocks = (
        Block("様式名", (f"特定個人情報保護評価書（{FORMS[form]}）",), True),
        Block("番号", ("評価書番号",), True),
        Block("番号の値", (number,)),
        Block("名", ("評価書名",), True),
        Block("名の値", (title,)),
        Block("宣言", (PRIVACY,), True),
        Block("宣言の値", declared),
        Block("特記", ("特記事項",), True),
        *([Block("特記の値", tuple(remarks.split("\n")))] if remarks else []),
        Block("機関", ("評価実施機関名",), True),
        Block("機関の値", (body,)),
        *approval,
        Block("公表", ("公表日",), True),
        Block("公表の値", (date,)),
        Block("版", (f"[{revision} {form}]",), True),
    )
    facts = {
        "様式": form,
        "様式の版": revision,
        "評価書番号": number,
        "評価書名": title,
        "評価実施機関名": body,
        "公表日": date,
    }
    return Sheet(blocks, facts)


# --- damages to the blocks ---


def reordered(names: str) -> Callable[[Sheet, Random], Sheet]:
    """The boxes in another order of reading; what the order does not name keeps its place at the end."""

    def damage(sheet: Sheet, _: Random) -> Sheet:
        order = names.split()
        first = [sheet.block(name) for name in order if any(block.name == name for block in sheet.blocks)]
        return replace(sheet, blocks=(*first, *(block for block in sheet.blocks if block not in first)))

    return damage


def shuffled(sheet: Sheet, chance: Random) -> Sheet:
    return replace(sheet, blocks=tuple(chance.sample(sheet.blocks, len(sheet.blocks))))


def draft(sheet: Sheet, _: Random) -> Sheet:
    """Number and date printed empty, as in drafts."""
    blocks = tuple(block for block in sheet.blocks if block.name not in ("番号の値", "公表の値"))
    title = sheet.facts["評価書名"] + "（案）"
    blocks = tuple(replace(one, lines=(title,)) if one.name == "名の値" else one for one in blocks)
    return Sheet(blocks, {**sheet.facts, "評価書番号": "", "公表日": "", "評価書名": title})


def without_form_line(sheet: Sheet, _: Random) -> Sheet:
    blocks = tuple(block for block in sheet.blocks if block.name != "版")
    return Sheet(blocks, {**sheet.facts, "様式の版": ""})


def older_date(sheet: Sheet, _: Random) -> Sheet:
    """The date of an older edition, printed beside that of this one."""
    lines = ("平成26年12月1日", sheet.facts["公表日"])
    return _with(sheet, "公表の値", lines)


def wrapped(sheet: Sheet, chance: Random) -> Sheet:
    """Values broken wherever the line was full, often in the middle of a word."""
    width = chance.randint(9, 25)

    def wrap(block: Block) -> Block:
        if block.label or block.name in ("番号の値", "公表の値"):
            return block
        text = "".join(block.lines)
        return replace(block, lines=tuple(text[at : at + width] for at in range(0, len(text), width)))

    return replace(sheet, blocks=tuple(map(wrap, sheet.blocks)))


def lone_tail(sheet: Sheet, _: Random) -> Sheet:
    """The last letter of the name alone in the next line."""
    *above, last = sheet.block("名の値").lines
    return _with(sheet, "名の値", (*above, last[:-1], last[-1:]))


def words_twice(sheet: Sheet, chance: Random) -> Sheet:
    """Bold words drawn twice, one line below the other."""
    names = [block.name for block in sheet.blocks if block.label or chance.random() < 0.3]
    return replace(
        sheet,
        blocks=tuple(
            replace(one, lines=one.lines * 2) if one.name in names and one.name != "宣言の値" else one
            for one in sheet.blocks
        ),
    )


def letters_twice(sheet: Sheet, chance: Random) -> Sheet:
    """Bold letters drawn twice, each beside itself: of the labels, or of everything."""
    everything = chance.random() < 0.5
    return replace(
        sheet,
        blocks=tuple(
            replace(one, lines=tuple("".join(char * 2 for char in line) for line in one.lines))
            if one.label or everything
            else one
            for one in sheet.blocks
        ),
    )


def glued_labels(sheet: Sheet, chance: Random) -> Sheet:
    """A label in one line with what follows it: 「評価書番号評価書名」, 「評価実施機関名見本市長」."""
    blocks: list[Block] = []
    for block in sheet.blocks:
        before = blocks[-1] if blocks else None
        if before is not None and before.label and chance.random() < 0.5 and before.name != "様式名":
            blocks[-1] = replace(before, lines=(before.lines[-1] + block.lines[0],), label=block.label)
            if len(block.lines) > 1:
                blocks.append(replace(block, lines=block.lines[1:]))
        else:
            blocks.append(block)
    return replace(sheet, blocks=tuple(blocks))


def _with(sheet: Sheet, name: str, lines: tuple[str, ...]) -> Sheet:
    return replace(
        sheet, blocks=tuple(replace(one, lines=lines) if one.name == name else one for one in sheet.blocks)
    )


# --- damages to the text ---


def printed(sheet: Sheet) -> list[str]:
    return [line for block in sheet.blocks for line in block.lines]


def one_line(lines: list[str], _: Random) -> list[str]:
    return [" ".join(lines)]


def blank_lines(lines: list[str], _: Random) -> list[str]:
    return [one for line in lines for one in (line, "")]


def indented(lines: list[str], chance: Random) -> list[str]:
    return [chance.choice(("", " ", "　　")) + line + chance.choice(("", " ", "\r")) for line in lines]


def kanji_apart(lines: list[str], _: Random) -> list[str]:
    """Kanji and digits set apart, kana not."""
    return [re.sub(r"(?<=[\u3400-\u9fff])(?=\S)|(?<=\S)(?=[\u3400-\u9fff])", " ", line) for line in lines]


def digits_apart(lines: list[str], _: Random) -> list[str]:
    return [
        re.sub(r"(?<=[^\d\s])(?=\d)|(?<=\d)(?=[^\d\s])", " ", line) if "年" in line else line
        for line in lines
    ]


def page_number_above(lines: list[str], chance: Random) -> list[str]:
    return [chance.choice(("1", "- 1 -", "1/30", "1 ページ", "(1)")), *lines]


def page_number_below(lines: list[str], chance: Random) -> list[str]:
    return [*lines, chance.choice(("1", "－１－", "1 / 30", "1", "1 / 30 ページ"))]


def page_number_beside(lines: list[str], _: Random) -> list[str]:
    """Both in a line with the text: at its head, and behind the form line."""
    return [f"1 {lines[0]}", *lines[1:-1], f"{lines[-1]} 1/30"] if len(lines) > 1 else [f"1 {lines[0]} 1/30"]


def no_punctuation(lines: list[str], _: Random) -> list[str]:
    return [re.sub(r"[、。「」]", " ", line).strip() for line in lines]


def no_brackets(lines: list[str], _: Random) -> list[str]:
    """The form line without its brackets."""
    return [re.sub(r"\[([^\]]*様式[^\]]*)\]", r"\1", line) for line in lines]


def wide(lines: list[str], _: Random) -> list[str]:
    table = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    return [line.translate(table) for line in lines]


def radicals(lines: list[str], _: Random) -> list[str]:
    """Kanji named by their radicals, as text layers do."""
    return [line.translate(str.maketrans("長日月人見大民市", "⻑⽇⽉⼈⾒⼤⺠市")) for line in lines]


def title_above(lines: list[str], _: Random) -> list[str]:
    """The name of the page that offers the file."""
    return [f"{lines[0]}.pdf", "10 views", "", *lines]


def body_below(lines: list[str], _: Random) -> list[str]:
    """The next page."""
    return [
        *lines,
        "項目一覧",
        "Ⅰ 基本情報",
        "Ⅰ 関連情報",
        "1.特定個人情報ファイルを取り扱う事務",
        "①事務の名称",
        "見本事務",
    ]


def form_name_twice(lines: list[str], _: Random) -> list[str]:
    return [lines[0], "", *lines]


Damage = Callable[[Sheet, Random], Sheet]
TextDamage = Callable[[list[str], Random], list[str]]

ORDERS = {
    "labels first": "様式名 番号 名 番号の値 名の値",
    "number behind the name": "様式名 番号 名 名の値 番号の値",
    "name above the label of the number": "様式名 名の値 番号 番号の値 名",
    "number and name below, labels turned": "様式名 名 番号 名の値 番号の値",
    "date between remarks and form line": (
        "様式名 番号 名 番号の値 名の値 宣言 宣言の値 特記 特記の値 公表の値 版 機関 機関の値 承認日 公表"
    ),
    "labels of the right side first": (
        "版 宣言 名 名の値 番号 番号の値 公表の値 宣言の値 機関 様式名 公表 機関の値 承認日 特記 特記の値"
    ),
    "form name first, number near the end": (
        "様式名 公表 機関の値 承認日 特記 特記の値 版 宣言 名 名の値 番号 番号の値 宣言の値 公表の値 機関"
    ),
}
BLOCK_DAMAGES: dict[str, Damage] = {
    "draft": draft,
    "without form line": without_form_line,
    "older date": older_date,
    **{name: reordered(order) for name, order in ORDERS.items()},
    "shuffled": shuffled,
    "wrapped": wrapped,
    "lone tail": lone_tail,
    "words twice": words_twice,
    "letters twice": letters_twice,
    "glued labels": glued_labels,
}
"""In the order in which they are done: what glues and doubles letters comes last."""
TEXT_DAMAGES: dict[str, TextDamage] = {
    "one line": one_line,
    "blank lines": blank_lines,
    "indented": indented,
    "kanji apart": kanji_apart,
    "digits apart": digits_apart,
    "page number above": page_number_above,
    "page number below": page_number_below,
    "page number beside": page_number_beside,
    "no punctuation": no_punctuation,
    "no brackets": no_brackets,
    "wide": wide,
    "radicals": radicals,
    "title above": title_above,
    "body below": body_below,
    "form name twice": form_name_twice,
}


def damaged(sheet: Sheet, names: tuple[str, ...], chance: Random) -> tuple[list[str], dict[str, str]]:
    """The lines of a cover after some damages, those to its blocks first, and the facts it still prints."""
    for name in BLOCK_DAMAGES:
        if name in names:
            sheet = BLOCK_DAMAGES[name](sheet, chance)
    lines = printed(sheet)
    for name in names:
        if name in TEXT_DAMAGES:
            lines = TEXT_DAMAGES[name](lines, chance)
    return lines, sheet.facts

"""The cells of scrambled change rows: told apart where the words themselves show it, else open."""

from __future__ import annotations

import pytest

from pia_site.sources.scrambled.sides import Cells, Word, cells_of
from pia_site.text.cleaning import matching_key

LONG = "見本市の窓口では、届出を受けた職員がその場で台帳と見比べ、違いがあれば本人に尋ねている。"
NEWER = "見本市の窓口では、届出を受けた職員が端末の画面で台帳と見比べ、違いがあれば記録している。"
OTHER = "例示の部屋は施錠し、鍵を係が預かる。部屋に入った者の名と時刻は、帳面に書き残している。"
WIDE = f"{LONG}{OTHER}"


def cells(*chunks: str, current: str = "", inline: bool = False) -> tuple[str, str | None, str | None]:
    words = [Word(line, n, n) for n, chunk in enumerate(chunks, start=1) for line in chunk.split("\n")]
    found: Cells = cells_of(words, matching_key(current), inline=inline)
    sides = (found.before, found.after)
    item = "".join(word.text for word in found.item)
    before, after = (None if side is None else "\n".join(word.text for word in side) for side in sides)
    return item, before, after


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ⅰ２見本 旧 新", ("Ⅰ２見本", "旧", "新")),
        ("（別添４） 見本の図 追加 見本の枠", ("（別添４） 見本の図", "追加", "見本の枠")),
        ("Ⅰ２ 見本課 甲係 見本課 乙係", ("Ⅰ２ 見本課 甲係 見本課 乙係", None, None)),
        ("Ⅰ２見本 見本課 甲係 見本課 乙係", ("Ⅰ２見本", "見本課 甲係", "見本課 乙係")),
        ("Ⅱ２見本 [ ] 甲 [○] 甲", ("Ⅱ２見本 [ ] 甲 [○] 甲", None, None)),
        ("Ⅱ２見本 [　] 甲 [○] 甲", ("Ⅱ２見本", "[　] 甲", "[○] 甲")),
        ("Ⅰ２見本 追加", ("Ⅰ２見本 追加", None, None)),
    ],
)
def test_cells_of_one_line(line: str, expected: tuple[str, str | None, str | None]) -> None:
    assert cells(line, inline=True) == expected


@pytest.mark.parametrize(
    ("chunks", "current", "expected"),
    [
        (("追加", LONG, OTHER), "", ("追加", f"{LONG}\n{OTHER}")),
        (
            (LONG, "（従前の記載に次の内容を追加）", OTHER),
            "",
            (LONG, f"（従前の記載に次の内容を追加）\n{OTHER}"),
        ),
        (
            (f"甲と乙の\n{LONG}", OTHER, f"甲と乙の\n{NEWER}"),
            "",
            (f"甲と乙の\n{LONG}\n{OTHER}", f"甲と乙の\n{NEWER}"),
        ),
        (
            (f"甲と乙の\n{LONG}", f"【見本】\n甲と乙の\n{NEWER}"),
            "",
            (f"甲と乙の\n{LONG}", f"【見本】\n甲と乙の\n{NEWER}"),
        ),
        ((WIDE, "削除"), "", (WIDE, "削除")),
        ((LONG,), "", (None, None)),
        ((LONG,), LONG, ("", LONG)),
        ((WIDE, NEWER), f"前の文。{NEWER}後の文。", (WIDE, NEWER)),
        ((f"{LONG}\n{OTHER}", NEWER), f"{OTHER}{NEWER}", (None, None)),  # half of the first stands there too
        ((WIDE, NEWER), "", (None, None)),
        (("甲の値", "乙の値"), "", ("甲の値", "乙の値")),
        (("見本ファイル\n見本ファイル、例示ファイル",), "", ("見本ファイル", "見本ファイル、例示ファイル")),
        (("見本の値",), "見本の値", (None, None)),  # too short to stand anywhere but by chance
    ],
)
def test_sides_below_their_item(
    chunks: tuple[str, ...], current: str, expected: tuple[str | None, str | None]
) -> None:
    assert cells("Ⅲ３見本の措置", *chunks, current=current) == ("Ⅲ３見本の措置", *expected)


def test_an_item_wrapped_beside_the_date() -> None:
    assert cells("Ⅲ３見本\n甲の値", "乙の値", inline=True) == ("Ⅲ３見本", "甲の値", "乙の値")
    assert cells("Ⅰ２システム４\n③接続", "甲の値", "乙の値", inline=True)[0] == "Ⅰ２システム４③接続"


def test_an_item_with_nothing_before_and_lines_after_it() -> None:
    assert cells("Ⅱ４見本 追加\n甲の値\n乙の値", inline=True) == ("Ⅱ４見本", "追加", "甲の値\n乙の値")
    assert cells("Ⅱ４見本 甲 乙\n丙", inline=True) == ("Ⅱ４見本", None, None)

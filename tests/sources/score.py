"""How well the importer reads the real sources: counted, compared with facts read by hand, and with the last time.

`scripts/score` prints the table. The committed scoreboard makes a change for the worse visible: the tests fail on
any difference from it, and `scripts/score --update` writes it anew. The facts read by hand are kept as
digests only (`reference/<source>.json`): of a source no wording enters the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path

from pia_site.documents.answers import Answer, Checks, Choice, Count, Records, State
from pia_site.sources.account import Account
from pia_site.sources.readers.formats import read_source
from pia_site.sources.reading import Reading, read_assessment
from pia_site.text.cleaning import matching_key

FOLDER = Path(__file__).parent
SCOREBOARD = FOLDER / "scoreboard.json"
ROOT = FOLDER.parents[1]
OPEN = "?"
"""A box of which reading by hand cannot tell either whether it is ticked."""
Figures = dict[str, int]
Fact = str | list[bool | str | None]

_WORDS = {
    "items": "項目",
    "present": "記載あり",
    "blank": "空欄",
    "dash": "なし",
    "lost": "欠落",
    "unknown": "不明の選択",
    "boxes": "選択欄の枠",
    "boxes_unknown": "不明の枠",
    "changes": "変更箇所の行",
    "sides_unknown": "不明の変更前後",
    "annex_entries": "別紙の記載",
    **dict(
        zip(
            (one.name for one in fields(Account)),
            ("記載", "様式", "マークアップ", "重複", "残り"),
            strict=True,
        )
    ),
    "right": "正しい",
    "wrong": "誤り",
    "missing": "不足",
    "boxes_right": "正しい枠",
    "boxes_wrong": "誤りの枠",
    "boxes_missing": "不足の枠",
}


def digest(value: str) -> str:
    """A short name of a wording, its white space, width and separators put aside; nobody can read it back."""
    return hashlib.sha256(matching_key(value).replace("、", "").encode()).hexdigest()[:12]


def fact(answer: Answer) -> Fact:
    """What one answer says, as a reference holds it: boxes in form order, a state, or a digest."""
    match answer.value:
        case Checks(marks):
            return [mark for _, mark in marks]
        case Choice(option):
            return digest(option) if option is not None else "unknown"
        case Count(written, number):
            return digest(str(number) if number is not None else written)
        case Records():
            return digest("、".join(answer.value.fields))
    return digest(answer.as_text()) if answer.state is State.PRESENT else answer.state.value


def figures(reading: Reading, reference: dict[str, Fact]) -> Figures:
    """Every count of one source, in the order in which the table shows them."""
    edition = reading.edition
    states = Counter(answer.state.value for answer in edition.answers.values())
    choices = [one.value for one in edition.answers.values() if isinstance(one.value, Choice)]
    rows = [one.value for one in edition.answers.values() if isinstance(one.value, Checks)]
    sides = [side for row in edition.changes for side in (row.before, row.after)]
    found: Figures = {
        "items": len(edition.answers),
        **{state: states[state] for state in ("present", "blank", "dash", "lost")},
        "unknown": sum(one.option is None for one in choices),
        "boxes": sum(len(row.marks) for row in rows),
        "boxes_unknown": sum(len(row.unknown) for row in rows),
        "changes": len(edition.changes),
        "sides_unknown": sum(side.text is None for side in sides),
        "annex_entries": sum(len(annex.entries) for annex in edition.annexes),
        **asdict(reading.account),
    }
    compared = Counter(
        one for address, known in reference.items() for one in _compared(reading, address, known)
    )
    for name in ("right", "wrong", "missing", "boxes_right", "boxes_wrong", "boxes_missing"):
        found[name] = compared[name]
    return found


def _compared(reading: Reading, address: str, known: Fact) -> Iterator[str]:
    answer = reading.edition.answers.get(address)
    said = fact(answer) if answer is not None else State.LOST.value
    if isinstance(known, list):
        marks = said if isinstance(said, list) else [None] * len(known)
        for mark, right in zip(marks, known, strict=True):
            if right == OPEN:
                continue
            yield "boxes_right" if mark is right else "boxes_missing" if mark is None else "boxes_wrong"
    elif said == known:
        yield "right"
    else:
        yield "missing" if said in ("lost", "unknown") else "wrong"


def score(sources: Path) -> dict[str, Figures]:
    """The figures of every source, by the number its file name begins with."""
    scores = {}
    for path in sorted(sources.glob("0*.txt")):
        name = path.name.partition("_")[0]
        reading = read_assessment(read_source(path))
        reference = json.loads((FOLDER / "reference" / f"{name}.json").read_text(encoding="utf-8"))
        scores[name] = figures(reading, reference)
    return scores


def committed() -> dict[str, Figures]:
    known: dict[str, Figures] = json.loads(SCOREBOARD.read_text(encoding="utf-8"))
    return known


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/score", description="取込の成績を表にします。")
    parser.add_argument("--json", action="store_true", help="JSON で出す")
    parser.add_argument(
        "--update", action="store_true", help="成績表（tests/sources/scoreboard.json）を書き直す"
    )
    options = parser.parse_args()
    sources = Path(os.environ.get("PIA_SOURCES") or ROOT.parent / "shared" / "seeds")
    if not sources.is_dir():
        print(f"原本がありません: {sources}（PIA_SOURCES で指定できます）", file=sys.stderr)
        return 2
    scores, known = score(sources), committed() if SCOREBOARD.exists() else {}
    if options.json:
        print(json.dumps(scores, ensure_ascii=False, indent=1))
    else:
        _print_table(scores, known)
    if options.update:
        SCOREBOARD.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
        return 0
    return 0 if scores == known else 1


def _print_table(scores: dict[str, Figures], known: dict[str, Figures]) -> None:
    print("\t".join(["", *scores]))
    for name, words in _WORDS.items():
        cells = [_cell(one[name], known.get(source, {}).get(name)) for source, one in scores.items()]
        print("\t".join([words, *cells]))
    for label, right, others in (
        ("正しい割合", "right", ("wrong", "missing")),
        ("正しい枠の割合", "boxes_right", ("boxes_wrong", "boxes_missing")),
        ("残りの割合", "leftovers", ("placed", "form", "markup", "repeated")),
    ):
        shares = (_share(one[right], sum(one[other] for other in others)) for one in scores.values())
        print("\t".join([label, *shares]))


def _cell(value: int, before: int | None) -> str:
    return str(value) if before in (None, value) else f"{value}（前は {before}）"


def _share(part: int, rest: int) -> str:
    return f"{part / (part + rest):.1%}" if part + rest else "-"


if __name__ == "__main__":
    sys.exit(main())

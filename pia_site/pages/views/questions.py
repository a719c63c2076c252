"""Answers to the twelve questions of the overview where an edition's 概要 has none: facts picked from
the items, without judgement. Items are found by their concept, so no item number stands here.

May import: documents, forms, text, views.document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pia_site.documents.answers import Answer, Checks, Choice, Names, State, Text
from pia_site.documents.edition import Edition
from pia_site.documents.keys import QUESTION_NAMES
from pia_site.pages.views.document import shorten
from pia_site.text.cleaning import collapse_spaces

_MANY = 4  # names listed before 「ほかn件」
_LONG = 60  # characters of a wording taken over as a short answer


@dataclass(frozen=True, slots=True)
class PickedAnswer:
    """A short answer and the addresses of the items it was picked from."""

    words: str
    basis: tuple[str, ...]


def answers_to(edition: Edition, ending: str) -> list[Answer]:
    """The answers whose concept ends so, in form order: one per file, group or risk."""
    return [answer for answer in edition.answers.values() if answer.item.concept.endswith(ending)]


def picked_answers(edition: Edition) -> dict[str, PickedAnswer]:
    """A short answer for each question that the items of an edition can answer."""
    found: dict[str, PickedAnswer] = {}
    for question in QUESTION_NAMES:
        pieces = [piece for rule in _RULES[question] for piece in [_pick(edition, *rule)] if piece]
        if pieces:
            basis = dict.fromkeys(address for piece in pieces for address in piece.basis)
            found[question] = PickedAnswer("。".join(piece.words for piece in pieces), tuple(basis))
    risks = _risks(edition)
    if risks:
        found["リスクへの対策"] = risks
    return found


_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "だれの情報か": (("基本情報/対象となる本人の範囲", ""), ("基本情報/対象となる本人の数", "")),
    "何の情報か": (("記録される項目/主な記録項目", ""),),
    "何のために": (("特定個人情報の入手・使用/使用目的", ""),),
    "どこから入手するか": (("特定個人情報の入手・使用/入手元", ""),),
    "どのシステムで": (("システム/システムの名称", ""),),
    "だれが使うか": (("使用の主体/使用部署", ""), ("使用の主体/使用者数", "")),
    "だれに委託しているか": (
        ("委託/委託の有無", ""),
        ("委託事項/委託先名", "委託先: "),
        ("再委託/再委託の有無", ""),
    ),
    "だれに渡すか": (
        ("提供・移転の有無", ""),
        ("提供先/名称", "提供先: "),
        ("移転先/名称", "移転先: "),
    ),
    "どこにいつまで保管するか": (("保管・消去/保管場所", ""), ("保管期間/期間", "期間: ")),
    "リスクへの対策": (),
    "重大事故": (("重大事故が発生したか", "過去3年以内: "),),
    "どこに聞くか": (("利用停止請求/請求先", "開示請求: "), ("問合せ/連絡先", "問合せ: ")),
}


def _pick(edition: Edition, ending: str, prefix: str) -> PickedAnswer | None:
    answers = [answer for answer in answers_to(edition, ending) if _words(answer)]
    words = list(dict.fromkeys(word for answer in answers for word in _words(answer)))
    if not words:
        return None
    more = f" ほか{len(words) - _MANY}件" if len(words) > _MANY else ""
    return PickedAnswer(
        f"{prefix}{'、'.join(words[:_MANY])}{more}", tuple(answer.address for answer in answers[:_MANY])
    )


def _words(answer: Answer) -> tuple[str, ...]:
    match answer.value:
        case Names(names):
            return tuple(shorten(name) for name in names if name.strip())
        case Choice(option):
            return (option if option is not None else "不明（原本を確認）",)
        case Checks():
            unknown = tuple(f"{option}（不明）" for option in answer.value.unknown)
            return (*answer.value.ticked, *unknown)
        case Text(text) if len(collapse_spaces(text)) <= _LONG:
            return (collapse_spaces(text).rstrip("。"),)
        case _:
            summary = collapse_spaces(answer.summary or "").rstrip("。")
            return (summary,) if summary and len(summary) <= _LONG else ()


def _risks(edition: Edition) -> PickedAnswer | None:
    """How many risks are judged 特に力を入れている, 十分である, 課題が残されている; the last by address."""
    answers = answers_to(edition, "リスクへの対策は十分か")
    if not answers:
        return None
    options = answers[0].item.options
    chosen = [answer.value.option for answer in answers if isinstance(answer.value, Choice)]
    counts = [f"「{option}」{chosen.count(option)}件" for option in options]
    undecided = chosen.count(None)
    counts += [f"不明{undecided}件"] if undecided else []
    blank = sum(answer.state is not State.PRESENT for answer in answers)
    counts += [f"記載なし{blank}件"] if blank else []
    return PickedAnswer(f"{len(answers)}件中、{'、'.join(counts)}", _notable(answers, options))


def _notable(answers: Iterable[Answer], options: tuple[str, ...]) -> tuple[str, ...]:
    """The risks that are not simply enough; the first risk where there is no such."""
    every = list(answers)
    found = [
        answer.address
        for answer in every
        if not isinstance(answer.value, Choice) or answer.value.option == options[-1]
    ]
    return tuple(found) or (every[0].address,)

"""The review page of an import: one HTML file with the source beside the result, what is uncertain first.

It lies in `.pia/review/`, where git does not look, because it holds the body's wording. It asks no host for
anything, is complete without its script, and whatever comes from a document is text in it.
May import: review_matters and the modules below it, reading, merge, account, documents, forms.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pia_site.documents.answers import State
from pia_site.documents.edition import DeclaredChange, Edition
from pia_site.sources.account import Account
from pia_site.sources.merge import Proposal
from pia_site.sources.reading import Reading
from pia_site.sources.review.desk import Desk, Matter, Urgency
from pia_site.sources.review.matters import matters
from pia_site.sources.review.result import AnswerView, Heading, Place
from pia_site.sources.review.rows import LEFT, OWN, RowView
from pia_site.text.wareki import format_both

_TEMPLATES = Path(__file__).with_name("templates")

_HEADINGS = {
    Urgency.BOTH: (
        "原本も手元も変わったところ",
        "手で直した記載を残しました。原本のほうが正しければ、YAML を書き換えてください。",
    ),
    Urgency.PROPOSED: (
        "原本が変わったところ",
        "新しい記載でよければ、--accept を付けて取り込み直してください。",
    ),
    Urgency.STALE: ("要約を見直すところ", "要約の元になった文章が変わりました。"),
    Urgency.LOST: (
        "欠落: 原本から読み取れなかった項目",
        "原本の PDF などを見て、YAML の「状態: 欠落」を記載に置き換えてください。"
        '原本で空欄なら "" と書きます。',
    ),
    Urgency.UNDECIDED: (
        "不明: 選択やチェックを決められなかった項目",
        "原本の PDF などを見て、チェックのある選択肢は YAML の「不明」から「有」へ移し、"
        "ない選択肢は「不明」から消してください。",
    ),
    Urgency.PROBLEM: ("読み取りで気づいたこと", "どうするかは、それぞれの説明を見てください。"),
    Urgency.INFERRED: (
        "推定: 置き場所を並びから決めた項目",
        "原本の行が、その項目の記載かどうかを見てください。違うときは、正しい項目へ移します。",
    ),
    Urgency.DAMAGED: (
        "見出しが様式と違う項目",
        "様式の見出しに読み替えました。記載が合っているかを見てください。",
    ),
    Urgency.LEFTOVER: (
        "残り: どの項目にも入らなかった文字",
        "項目の記載なら、前後の項目を手がかりに YAML へ書き足してください。様式の文字なら、そのままで構いません。",
    ),
}
_TAKEN = "新しい記載に書き換えました。git の差分でも確かめられます。"
_ACCOUNT = (
    ("placed", "記載", "評価書の項目に入れた文字"),
    ("form", "様式", "見出し、選択肢の一覧、頁番号など、様式が印刷している文字"),
    ("markup", "マークアップ", "表の罫線やタグなど、文書の作りを示す文字"),
    ("repeated", "重複", "二度印刷されている文字"),
    ("leftovers", "残り", "どの項目にも入らなかった文字"),
)
_STATES = {
    State.PRESENT: "記載あり",
    State.WITHHELD: "本文なし（抄録）",
    State.BLANK: "空欄",
    State.DASH: "「―」「なし」と記載",
    State.LOST: "欠落",
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket of the account; `start` and `share` are percentages of the source."""

    name: str
    words: str
    meaning: str
    size: int
    start: float
    share: float


@dataclass(frozen=True, slots=True)
class MatterGroup:
    urgency: str
    heading: str
    advice: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The answers of one place, and the key of the matter that it is part of ("" where it is certain)."""

    address: str
    answers: tuple[AnswerView, ...]
    matter: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Rows of the source and every place that was read from them."""

    rows: tuple[RowView, ...]
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the form and what stands below it, up to the next part or section."""

    heading: Heading
    printed: str
    """The heading as the source prints it, where that is not the form's wording."""
    content: tuple[Heading | Pair, ...]


def write_review(
    read: Reading,
    edition: Edition,
    proposals: Sequence[Proposal],
    path: Path,
    *,
    form_reason: str | None = None,
    taken: bool = False,
    stale: Collection[str] = (),
) -> None:
    """Write the review page of a reading to `path`, which lies in a folder that is there.

    `edition` is the one that stands in `content/`, as `read_edition` gives it: its answers know their lines.
    `taken` says that the proposals which only the source changed are written into it; `stale` are the addresses
    of 要約 that were written for another wording. Raises OSError where the file cannot be written.
    """
    desk = Desk(read, edition)
    found = matters(desk, proposals, taken=taken, stale=stale)
    keys = {address: matter.key for matter in found for address in matter.addresses}
    page = (
        _environment()
        .get_template("review.html.j2")
        .render(
            title=_title(edition),
            edition=edition,
            source=read.extract,
            file=str(edition.path or ""),
            published=format_both(edition.published_on) if edition.published_on else "不明",
            form_reason=form_reason,
            groups=tuple(_groups(found, taken=taken)),
            count=len(found),
            buckets=tuple(_buckets(read.account)),
            total=read.account.total,
            states=_states(edition),
            undecided=sum(answer.undecided for answer in edition.answers.values()),
            chapters=tuple(_chapters(desk, keys)),
            changes=tuple(_changes(desk)),
            change_part=edition.form.parts_by_role.get("changes"),
            unclaimed=_unclaimed(desk),
            furniture=read.extract.furniture,
            keys=keys,
            taken=taken,
        )
    )
    path.write_text(page.lstrip(), encoding="utf-8", errors="replace", newline="\n")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["sha256"] = _csp_hash
    return environment


def _csp_hash(text: str) -> str:
    """The hash by which a content policy allows one inline style or script."""
    return base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()


def _title(edition: Edition) -> str:
    named = (edition.answer_to("評価書名", "cover"), edition.answer_to("事務の名称", "basics"))
    return next((answer.as_text() for answer in named if answer and answer.as_text()), edition.document)


def _groups(found: Sequence[Matter], *, taken: bool) -> Iterator[MatterGroup]:
    for urgency, (heading, advice) in _HEADINGS.items():
        own = tuple(one for one in found if one.urgency is urgency)
        if own:
            said = _TAKEN if taken and urgency is Urgency.PROPOSED else advice
            yield MatterGroup(urgency.value, heading, said, own)


def _buckets(account: Account) -> Iterator[Bucket]:
    start = 0.0
    for name, words, meaning in _ACCOUNT:
        size = getattr(account, name)
        share = 100 * size / account.total if account.total else 0.0
        yield Bucket(name, words, meaning, size, start, share)
        start += share


def _states(edition: Edition) -> tuple[tuple[str, int], ...]:
    counts = Counter(answer.state for answer in edition.answers.values())
    return tuple((words, counts[state]) for state, words in _STATES.items() if counts[state])


# --- all items ---


def _chapters(desk: Desk, keys: Mapping[str, str]) -> Iterator[Chapter]:
    """The sections of the form; places that were read from the same rows are one pair."""
    heading: Heading | None = None
    content: list[Heading | list[Place]] = []
    for node in desk.nodes:
        if isinstance(node, Place):
            last = content[-1] if content else None
            rows = desk.indexes(node)
            if isinstance(last, list) and rows and rows == desk.indexes(last[-1]):
                last.append(node)
            else:
                content.append([node])
        elif node.level < 2:
            if heading is not None:
                yield _chapter(desk, heading, content, keys)
            heading, content = node, []
        else:
            content.append(node)
    if heading is not None:
        yield _chapter(desk, heading, content, keys)


def _chapter(
    desk: Desk, heading: Heading, content: Iterable[Heading | list[Place]], keys: Mapping[str, str]
) -> Chapter:
    shown = (one if isinstance(one, Heading) else _pair(desk, one, keys) for one in content)
    return Chapter(heading, desk.read.damaged.get(heading.address, ""), tuple(shown))


def _pair(desk: Desk, together: Iterable[Place], keys: Mapping[str, str]) -> Pair:
    results = (
        Result(
            place.address,
            desk.answers(place),
            next(filter(None, (keys.get(s.address) for s in place.slots)), ""),
        )
        for place in together
    )
    return Pair(desk.rows_of(*together), tuple(results))


def _changes(desk: Desk) -> Iterator[tuple[DeclaredChange, tuple[RowView, ...]]]:
    """The change rows of the edition with their rows in the source, where both still hold the same row there."""
    printed = {row.address: (row.date.written, row.item) for row in desk.read.edition.changes}
    for row in desk.edition.changes:
        is_same = printed.get(row.address) == (row.date.written, row.item)
        origin = desk.read.origins.get(row.address) if is_same else None
        indexes = desk.rows.indexes(origin.lines) if origin is not None else []
        yield row, tuple(desk.rows.row(at) for at in indexes)


def _unclaimed(desk: Desk) -> tuple[RowView, ...]:
    """Every row that no item and no change row was read from: headings, the form's print, what is left over."""
    claimed = set(desk.rows.indexes(line for origin in desk.read.origins.values() for line in origin.lines))
    left = (line for one in desk.read.leftovers for line in range(one.first, one.last + 1))
    marked = set(desk.rows.indexes(left))
    return tuple(
        desk.rows.row(at, LEFT if at in marked else OWN) for at in range(len(desk.rows)) if at not in claimed
    )

"""What can be wrong with a user's input, as data.

A `Problem` is collected, never raised: a command reports all of them together. The register
below is the only place where a code, its severity and its wording exist, so the list of codes
in the documentation and the messages on the terminal cannot drift apart.
May import: nothing of pia_site.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "エラー", "warning": "注意", "info": "参考"}[self.value]


@dataclass(frozen=True, slots=True)
class Location:
    """Where a problem lies: a file, a 1-based line and an item address, each optional."""

    path: Path | None = None
    line: int | None = None
    address: str | None = None

    def __str__(self) -> str:
        parts = [str(self.path) if self.path else "（ファイルなし）"]
        if self.line is not None:
            parts.append(str(self.line))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One code of the register. `message` and `hint` are format strings over the details."""

    code: str
    severity: Severity
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and how to mend it (both in Japanese)."""

    kind: ProblemKind
    location: Location
    message: str
    hint: str

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    def at(self, path: Path) -> Problem:
        """The same problem with its file named, for code that reads text without a path."""
        return replace(self, location=replace(self.location, path=path))


_REGISTER: dict[str, ProblemKind] = {}


def _kind(code: str, severity: Severity, message: str, hint: str) -> None:
    if code in _REGISTER:
        raise ValueError(f"problem code {code} is registered twice")
    _REGISTER[code] = ProblemKind(code, severity, message, hint)


def problem(code: str, location: Location, /, **details: object) -> Problem:
    """A problem of a registered kind; `details` fill the placeholders of its wording."""
    kind = _REGISTER[code]
    return Problem(kind, location, kind.message.format(**details), kind.hint.format(**details))


def register() -> tuple[ProblemKind, ...]:
    """Every registered kind, by code."""
    return tuple(_REGISTER[code] for code in sorted(_REGISTER))


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(p.severity is Severity.ERROR for p in problems)


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(
        problems, key=lambda p: (str(p.location.path or ""), p.location.line or 0, p.code, p.message)
    )


class PiaSiteError(Exception):
    """What cannot go on: carries the problems found. Only the command line catches it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(p.message for p in self.problems))


E_, W_, I_ = Severity.ERROR, Severity.WARNING, Severity.INFO

# Files that cannot be read (F…)
_kind("F001", E_, "ファイルがありません。", "パスのつづりと、ファイルの場所を確かめてください。")
_kind(
    "F002",
    E_,
    "UTF-8 として読めません（{byte} バイト目）。",
    "文字コードを UTF-8 にして保存し直してください。",
)
_kind("F003", E_, "ファイルの中身が空です。", "`pia-site new` で空の評価書を作り、書き写してください。")
_kind(
    "F004",
    E_,
    "YAML の書き方に誤りがあります: {detail}",
    "字下げ、コロン、引用符の対応を、この行の前後で確かめてください。",
)
_kind(
    "F005",
    E_,
    "同じキー「{key}」が二度書かれています（先の記載は {first} 行目）。",
    "どちらか一方を消してください。",
)
_kind(
    "F006",
    E_,
    "いちばん外側が「キー: 値」の形になっていません。",
    "`pia-site new` で作ったひな形と見比べてください。",
)
_kind("F007", E_, "ファイルを読み書きできません: {detail}", "ファイルの権限と空き容量を確かめてください。")
_kind("F008", E_, "YAML の別名（& や *）は使えません。", "参照している値をそのまま書いてください。")

# Structure of an edition or a registry file (S…)
_kind("S001", E_, "知らないキー「{key}」があります（場所: {where}）。", "{hint}")
_kind("S002", E_, "必要なキー「{key}」がありません（場所: {where}）。", "「{key}」を書き足してください。")
_kind(
    "S003", E_, "「{label}」の書き方が違います。{expected}のはずですが、{found}が書かれています。", "{hint}"
)
_kind("S004", E_, "様式「{form}」（{revision}）の定義がありません。", "使える様式は {known} です。")
_kind(
    "S005",
    W_,
    "「{label}」の記載がありません。",
    '原本で空欄なら ""、原本から失われていれば 状態: 欠落 と書いてください。',
)
_kind(
    "S006",
    E_,
    "評価実施機関「{body}」が registry/bodies.yaml にありません。",
    "フォルダー名を確かめるか、registry/bodies.yaml に書き足してください。",
)
_kind(
    "S007",
    E_,
    "評価書「{body}/{number}」が registry/bodies.yaml にありません。",
    "「{body}」の 評価書 に 番号 {number} を書き足してください。",
)
_kind(
    "S008",
    E_,
    "ファイル名の日付 {name} と公表日 {written} が食い違っています。",
    "ファイル名を {expected}.yaml に変えるか、公表日を確かめてください。",
)
_kind(
    "S009",
    E_,
    "登録 {file} の「{slug}」が二度書かれています。",
    "slug は一つの登録の中で一度だけ使ってください。",
)
_kind(
    "S010",
    E_,
    "登録 {file} の「{slug}」が指す「{target}」がありません。",
    "つづりを確かめるか、{target_file} に書き足してください。",
)
_kind(
    "S011",
    E_,
    "slug「{slug}」に使えない文字があります。",
    "半角の英小文字、数字、ハイフンだけで書いてください。",
)
_kind(
    "S012",
    E_,
    "表記「{alias}」が「{first}」と「{second}」の両方にあります。",
    "どちらを指すか決められません。一方から消してください。",
)
_kind(
    "S013",
    E_,
    "この場所に評価書のファイルは置けません。",
    "jimu/<機関>/<番号>/<公表日>.yaml に置いてください。",
)
_kind(
    "S014",
    E_,
    "典拠「{target}」という項目はこの様式にありません。",
    "項目の番地（例: ii1-4-c1-3）を書いてください。",
)
_kind(
    "S015",
    E_,
    "コメントは保存すると失われるため、書き込みを中止しました（{lines} 行目）。",
    "残したい注記は メモ に移してください。",
)
_kind(
    "S016",
    I_,
    "様式「{form}」の{revision}版の定義がないため、{used}版として読みます。",
    "項目の名前が版で違うところは、原本で確かめてください。",
)

# Choices, dates, counts (V…)
_kind(
    "V001",
    E_,
    "「{label}」の「{value}」は様式の選択肢にありません。",
    "選べるのは {options} です。読み取れないときは 不明 と書いてください。",
)
_kind(
    "V002",
    E_,
    "「{label}」の「{value}」は日付として読めません。",
    "令和6年5月24日 のように、実在する月と日で書いてください。",
)
_kind(
    "V003",
    W_,
    "「{label}」の「{value}」は暦にない年月日です。原本のまま残し、{iso} と読みます。",
    "原本の誤りです。直さずにこのままで構いません。",
)
_kind(
    "V004",
    I_,
    "「{label}」の「{value}」は様式の書き方と違いますが、{iso} と読みます。",
    "原本のとおりなら直す必要はありません。",
)
_kind("V005", E_, "「{label}」の件数「{value}」が数ではありません。", "半角の数字で書いてください。")
_kind(
    "V006",
    E_,
    "「{label}」の提出時期「{value}」は 事前・事後 のどちらでもありません。",
    "事前、事後、または空欄にしてください。",
)
_kind(
    "V007",
    I_,
    "「{label}」の「{value}」には日付のほかの記載もあります。最初の日付 {iso} を使います。",
    "原本のとおりなら直す必要はありません。",
)

# Facts that do not fit together (R…); the number is that of the rule in the form rules
_kind(
    "R003",
    W_,
    "公表日（{published}）が最後の変更日（{changed}）より前です。",
    "表紙の公表日か変更箇所の日付を原本で確かめてください。",
)
_kind(
    "R004",
    W_,
    "「{label}」は {stated} 件ですが、書かれているのは {listed} 件です。",
    "別紙にまとめられている場合はこのままで構いません。",
)
_kind(
    "R020",
    I_,
    "引用「{cited}」{others}の番号は改められています（{epoch}のもの）。",
    "{explanation}次に評価書を見直すときに確かめてください。",
)
_kind(
    "R021",
    W_,
    "評価書番号「{number}」が、同じ機関の「{other}」と同じです。",
    "表紙の番号を原本で確かめてください。番号は機関の中で一つずつです。",
)
_kind(
    "R026",
    W_,
    "「{label}」の「{option}」は括弧に記載があるのに、印がありません。",
    "原本の印を確かめてください。原本のとおりなら直す必要はありません。",
)
_kind(
    "R027",
    W_,
    "「{label}」の「個人番号」にも「個人番号対応符号」にも印がありません。",
    "特定個人情報ファイルは個人番号を含むものです（番号法第2条第9項）。原本の印を確かめてください。",
)

# Reading a source document (I…)
_kind(
    "I001",
    W_,
    "{count} か所を項目に割り当てられませんでした。",
    "レビュー画面の「残り」を見て、手で補ってください。",
)
_kind(
    "I002",
    W_,
    "評価実施機関が分からないため mikakunin に置きました。",
    "--body と --number を付けて取り込み直すか、フォルダー名を変えてください。",
)
_kind(
    "I003",
    E_,
    "特定個人情報保護評価書として読み取れません: {reason}。",
    "評価書そのもの（様式2、様式3、様式4）のファイルを指定してください。",
)
_kind("I004", W_, "「{label}」は原本から失われています。", "原本の PDF を見て書き足してください。")
_kind(
    "I005",
    E_,
    "書き込み先 {target} はすでにあります。",
    "別の番号を指定してください。",
)
_kind(
    "I006",
    W_,
    "「{label}」は原本の抽出からは決められず、不明としました。",
    "原本の PDF を見て確かめてください。",
)
_kind(
    "I007",
    W_,
    "「{label}」の「{value}」は選択肢にないため、不明としました。",
    "原本の PDF を見て選び直してください。",
)
_kind(
    "I009",
    W_,
    "「{label}」は{cause}変わりました: 「{yours}」→「{theirs}」。まだ書き換えていません。",
    "レビュー画面で確かめ、取り込むときは --accept を付けてもう一度 import してください。",
)
_kind(
    "I010",
    W_,
    "「{label}」は{cause}変わりましたが、手で直してあるのでそのままにしました: "
    "いまの記載「{yours}」、読み取り「{theirs}」。",
    "読み取りのほうが正しければ、手で書き換えてください。--accept を付けると、次から知らせません。",
)
_kind(
    "I011",
    E_,
    "取込先の評価書に誤りがあるため、原本と突き合わせられません。",
    "先に pia-site check で誤りを直してください。",
)
_kind(
    "I012",
    E_,
    "取込先の評価書とは様式が違います（原本は{found}）。",
    "様式が改められたときは新しい版になります。公表日か --number を確かめてください。",
)
_kind(
    "I013",
    W_,
    "要約の元になった文章が原本で変わりました。",
    "要約が今の文章に合うか確かめてください。",
)
_kind(
    "I014",
    I_,
    "「{label}」を原本に合わせて書き換えました: 「{yours}」→「{theirs}」。",
    "git の差分を確かめてください。",
)
_kind(
    "I008",
    W_,
    "「{label}」の見出しが原本から失われているため、項目の並びから置きました。",
    "原本の PDF を見て、番号と名称を確かめてください。",
)

_kind(
    "I015",
    W_,
    "「{name}」は原本のテキストにありません（{addresses} が参照しています）。",
    "公表元でその別紙を確かめ、「別紙」に書き足してください。",
)
_kind(
    "I016",
    W_,
    "{label}は {stated} 件とありますが、原本で読めるのは {printed} 件です。",
    "ページが失われています。原本の PDF を見て書き足してください。",
)
_kind(
    "I020",
    E_,
    "PDF として開けません（壊れているか、途中で切れています）。",
    "もう一度ダウンロードするか、元の文書から PDF を書き出し直してください。",
)
_kind(
    "I021",
    E_,
    "パスワードで保護された PDF です。",
    "パスワードなしで保存し直した PDF を取り込んでください。",
)
_kind(
    "I022",
    E_,
    "文字のない PDF（スキャン画像）です。読み取れる文字がありません。",
    "様式の Excel か、文書から直接書き出した PDF を取り込んでください。なければ `pia-site new` で書き写します。",
)
_kind(
    "I023",
    W_,
    "{pages} ページは画像で、その中の文字を読み取れません。",
    "取込結果にないので、原本のそのページを見て書き足してください。",
)
_kind(
    "I024",
    W_,
    "{pages} ページには、どの文字か分からない字があります（書体に文字の情報がありません）。",
    "元の文書から PDF を書き出し直すか、原本と見比べて直してください。",
)
_kind(
    "I025",
    W_,
    "{pages} ページはスキャン画像で、文字は機械が読み取ったものです。読み違いがありえます。",
    "取込結果を原本と一字ずつ見比べてください。",
)
_kind(
    "I026",
    W_,
    "PDF の終わりが欠けています。失われたページがあるかもしれません。",
    "ページ数を原本と比べ、足りなければダウンロードし直してください。",
)
_kind(
    "I027",
    E_,
    "専用のアプリで入力する形（XFA）の PDF です。中の記載を読み取れません。",
    "そのアプリで開き、「印刷」から PDF に保存し直してください。",
)
_kind(
    "I028",
    W_,
    "{pages} ページを開けません（ファイルの一部が壊れています）。",
    "もう一度ダウンロードするか、原本のそのページを見て書き足してください。",
)
_kind(
    "I030",
    E_,
    "Excel のブックとして読めません。壊れているか、別の形式のファイルです。",
    "Excel で開けるか確かめ、「Excel ブック（.xlsx）」として保存し直してください。",
)
_kind(
    "I031",
    E_,
    "パスワードで保護されたファイルのため読めません。",
    "読み取りパスワードを外して保存し直してください。",
)
_kind(
    "I032",
    E_,
    "古い形式（.xls など）のファイルは読めません。",
    "Excel で開き、「Excel ブック（.xlsx）」として保存し直してください。",
)
_kind(
    "I033",
    E_,
    "ブックが大きすぎます。評価書の様式の大きさを超えています。",
    "評価書のシートだけを残して保存し直してください。",
)
_kind(
    "I034",
    W_,
    "印刷されない文字が {count} か所あり、読み込みませんでした（{reasons}）。",
    "レビュー画面の「残り」を見てください。評価書の一部なら、表示するように直して取り込み直してください。",
)
_kind(
    "I035",
    W_,
    "計算結果が保存されていない数式が {count} か所あり、読めませんでした: {cells}",
    "Excel で開き、上書き保存してから取り込み直してください。",
)
_kind(
    "I040",
    E_,
    "ファイルの中身が空です。",
    "保存や転送の途中で失われていないか、元のファイルを確かめてください。",
)
_kind(
    "I041",
    E_,
    "ファイルが大きすぎます（{size} MB）。読み込めるのは {limit} MB までです。",
    "評価書の部分だけを PDF か Excel（.xlsx）で保存し直してください。",
)
_kind("I042", E_, "{kind}は読み込めません。", "評価書のファイルを指定してください。")
_kind("I043", E_, "{kind}は読み込めません。", "{hint}")
_kind(
    "I044",
    E_,
    "中身の種類が分からないファイルです。",
    "PDF、Excel（.xlsx）、HTML、テキストのどれかで保存し直してください。",
)
_kind(
    "I045",
    E_,
    "文字コードが分かりません。{byte} バイト目から文字として読めません。",
    "元のソフトで開き、文字コードを UTF-8 にして保存し直してください。",
)
_kind(
    "I046",
    W_,
    "読めない文字が {count} 個あります（壊れた文字か外字）。",
    "原本を見て、取り込んだ後に書き直してください。",
)
_kind(
    "I047",
    E_,
    "HTML のタグが閉じられないまま深く重なっていて、終わりまで読めません。",
    "ブラウザーで開いて PDF に印刷し、その PDF を取り込んでください。",
)
_kind(
    "I048",
    E_,
    "このページの中身は、フレームで表示される別のファイルにあります。",
    "中身のファイルを指定するか、Excel から作ったページなら元の .xlsx を取り込んでください。",
)

# The catalogue and the site (C…)
_kind(
    "C001",
    I_,
    "「{written}」が登録のどの{kind}を指すか決められません。",
    "registry/{file} の該当する表記に書き足すと、ページがつながります。",
)
_kind(
    "C002",
    W_,
    "mkdocs.yml の extra.{key} が設定されていません。",
    "ページの責任者と誤りの連絡先を書いてください。",
)
_kind(
    "C004",
    W_,
    "表紙の評価実施機関名「{written}」は「{body}」ではなく「{other}」の名です。",
    "ファイルを置いたフォルダーと、registry/bodies.yaml の別名を確かめてください。",
)

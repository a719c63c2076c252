"""Kinds of problems of files, editions, choices and facts that do not fit together (F…, S…, V…, R…).

May import: problem.
"""

from __future__ import annotations

from pia_site.problems.problem import Severity, kind

E_, W_, I_ = Severity.ERROR, Severity.WARNING, Severity.INFO

# Files that cannot be read (F…)
kind("F001", E_, "ファイルがありません。", "パスのつづりと、ファイルの場所を確かめてください。")
kind(
    "F002",
    E_,
    "UTF-8 として読めません（{byte} バイト目）。",
    "文字コードを UTF-8 にして保存し直してください。",
)
kind("F003", E_, "ファイルの中身が空です。", "`pia-site new` で空の評価書を作り、書き写してください。")
kind(
    "F004",
    E_,
    "YAML の書き方に誤りがあります: {detail}",
    "字下げ、コロン、引用符の対応を、この行の前後で確かめてください。",
)
kind(
    "F005",
    E_,
    "同じキー「{key}」が二度書かれています（先の記載は {first} 行目）。",
    "どちらか一方を消してください。",
)
kind(
    "F006",
    E_,
    "いちばん外側が「キー: 値」の形になっていません。",
    "`pia-site new` で作ったひな形と見比べてください。",
)
kind("F007", E_, "ファイルを読み書きできません: {detail}", "ファイルの権限と空き容量を確かめてください。")
kind("F008", E_, "YAML の別名（& や *）は使えません。", "参照している値をそのまま書いてください。")

# Structure of an edition or a registry file (S…)
kind("S001", E_, "知らないキー「{key}」があります（場所: {where}）。", "{hint}")
kind("S002", E_, "必要なキー「{key}」がありません（場所: {where}）。", "「{key}」を書き足してください。")
kind("S003", E_, "「{label}」の書き方が違います。{expected}のはずですが、{found}が書かれています。", "{hint}")
kind("S004", E_, "様式「{form}」（{revision}）の定義がありません。", "使える様式は {known} です。")
kind(
    "S005",
    W_,
    "「{label}」の記載がありません。",
    '原本で空欄なら ""、原本から失われていれば 状態: 欠落 と書いてください。',
)
kind(
    "S006",
    E_,
    "評価実施機関「{body}」が registry/bodies.yaml にありません。",
    "フォルダー名を確かめるか、registry/bodies.yaml に書き足してください。",
)
kind(
    "S007",
    E_,
    "評価書「{body}/{number}」が registry/bodies.yaml にありません。",
    "「{body}」の 評価書 に 番号 {number} を書き足してください。",
)
kind(
    "S008",
    E_,
    "ファイル名の日付 {name} と公表日 {written} が食い違っています。",
    "ファイル名を {expected}.yaml に変えるか、公表日を確かめてください。",
)
kind(
    "S009",
    E_,
    "登録 {file} の「{slug}」が二度書かれています。",
    "slug は一つの登録の中で一度だけ使ってください。",
)
kind(
    "S010",
    E_,
    "登録 {file} の「{slug}」が指す「{target}」がありません。",
    "つづりを確かめるか、{target_file} に書き足してください。",
)
kind(
    "S011",
    E_,
    "slug「{slug}」に使えない文字があります。",
    "半角の英小文字、数字、ハイフンだけで書いてください。",
)
kind(
    "S012",
    E_,
    "表記「{alias}」が「{first}」と「{second}」の両方にあります。",
    "どちらを指すか決められません。一方から消してください。",
)
kind(
    "S013",
    E_,
    "この場所に評価書のファイルは置けません。",
    "jimu/<機関>/<番号>/<公表日>.yaml に置いてください。",
)
kind(
    "S014",
    E_,
    "典拠「{target}」という項目はこの様式にありません。",
    "項目の番地（例: ii1-4-c1-3）を書いてください。",
)
kind(
    "S015",
    E_,
    "コメントは保存すると失われるため、書き込みを中止しました（{lines} 行目）。",
    "残したい注記は メモ に移してください。",
)
kind(
    "S016",
    I_,
    "様式「{form}」の{revision}版の定義がないため、{used}版として読みます。",
    "項目の名前が版で違うところは、原本で確かめてください。",
)

# Choices, dates, counts (V…)
kind(
    "V001",
    E_,
    "「{label}」の「{value}」は様式の選択肢にありません。",
    "選べるのは {options} です。読み取れないときは 不明 と書いてください。",
)
kind(
    "V002",
    E_,
    "「{label}」の「{value}」は日付として読めません。",
    "令和6年5月24日 のように、実在する月と日で書いてください。",
)
kind(
    "V003",
    W_,
    "「{label}」の「{value}」は暦にない年月日です。原本のまま残し、{iso} と読みます。",
    "原本の誤りです。直さずにこのままで構いません。",
)
kind(
    "V004",
    I_,
    "「{label}」の「{value}」は様式の書き方と違いますが、{iso} と読みます。",
    "原本のとおりなら直す必要はありません。",
)
kind("V005", E_, "「{label}」の件数「{value}」が数ではありません。", "半角の数字で書いてください。")
kind(
    "V006",
    E_,
    "「{label}」の提出時期「{value}」は 事前・事後 のどちらでもありません。",
    "事前、事後、または空欄にしてください。",
)
kind(
    "V007",
    I_,
    "「{label}」の「{value}」には日付のほかの記載もあります。最初の日付 {iso} を使います。",
    "原本のとおりなら直す必要はありません。",
)

# Facts that do not fit together (R…); the number is that of the rule in the form rules
kind(
    "R003",
    W_,
    "公表日（{published}）が最後の変更日（{changed}）より前です。",
    "表紙の公表日か変更箇所の日付を原本で確かめてください。",
)
kind(
    "R004",
    W_,
    "「{label}」は {stated} 件ですが、書かれているのは {listed} 件です。",
    "別紙にまとめられている場合はこのままで構いません。",
)
kind(
    "R020",
    I_,
    "引用「{cited}」{others}の番号は改められています（{epoch}のもの）。",
    "{explanation}次に評価書を見直すときに確かめてください。",
)
kind(
    "R021",
    W_,
    "評価書番号「{number}」が、同じ機関の「{other}」と同じです。",
    "表紙の番号を原本で確かめてください。番号は機関の中で一つずつです。",
)
kind(
    "R026",
    W_,
    "「{label}」の「{option}」は括弧に記載があるのに、印がありません。",
    "原本の印を確かめてください。原本のとおりなら直す必要はありません。",
)
kind(
    "R027",
    W_,
    "「{label}」の「個人番号」にも「個人番号対応符号」にも印がありません。",
    "特定個人情報ファイルは個人番号を含むものです（番号法第2条第9項）。原本の印を確かめてください。",
)

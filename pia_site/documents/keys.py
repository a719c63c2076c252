"""The Japanese keys of edition YAML that are not labels of a form.

One place, because the reader, the writer, the JSON Schema and the importer must agree on them.
May import: nothing.
"""

FORM = "様式"
REVISION = "様式の版"
COVERAGE = "収録"
ABRIDGED, COMPLETE = "抄録", "全文"
OFFICIAL = "公表元"
OFFICIAL_NAME, OFFICIAL_URL = "名称", "URL"
OVERVIEW = "概要"
SENTENCES, QUESTIONS, ANSWER_SHORT, BASIS = "三文", "問い", "答え", "典拠"
MEMO = "メモ"
ANNEXES = "別紙"
ANNEX_NAME, ANNEX_TITLE, ANNEX_ENTRIES = "名称", "表題", "一覧"

ANSWER = "回答"
TEXT = "本文"
SUMMARY = "要約"
SUMMARY_MISSING = "未作成"
OMITTED = "省略"
STATE, LOST = "状態", "欠落"
TICKED, UNKNOWN = "有", "不明"
CITATIONS, LAW, PLACE = "引用", "法令", "箇所"
FILES = "対象ファイル"
HEADING, FIELDS = "見出し", "項目"

CHANGE_DATE, CHANGE_ITEM = "変更日", "項目"
BEFORE, AFTER = "変更前", "変更後"
TIMING, REASON = "提出時期", "説明"
FINGERPRINT = "指紋"

HEADER = (FORM, REVISION, COVERAGE, OFFICIAL, OVERVIEW)
"""Top-level keys before the parts, in canonical order."""

QUESTION_NAMES = (
    "だれの情報か",
    "何の情報か",
    "何のために",
    "どこから入手するか",
    "どのシステムで",
    "だれが使うか",
    "だれに委託しているか",
    "だれに渡すか",
    "どこにいつまで保管するか",
    "リスクへの対策",
    "重大事故",
    "どこに聞くか",
)
"""The questions of the overview grid (pages.md), in the order in which they are shown."""

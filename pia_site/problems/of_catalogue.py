"""Kinds of problems of the catalogue and the site (C…).

May import: problem.
"""

from __future__ import annotations

from pia_site.problems.problem import Severity, kind

E_, W_, I_ = Severity.ERROR, Severity.WARNING, Severity.INFO

# The catalogue and the site (C…)
kind(
    "C001",
    I_,
    "「{written}」が登録のどの{kind}を指すか決められません。",
    "registry/{file} の該当する表記に書き足すと、ページがつながります。",
)
kind(
    "C002",
    W_,
    "mkdocs.yml の extra.{key} が設定されていません。",
    "ページの責任者と誤りの連絡先を書いてください。",
)
kind(
    "C004",
    W_,
    "表紙の評価実施機関名「{written}」は「{body}」ではなく「{other}」の名です。",
    "ファイルを置いたフォルダーと、registry/bodies.yaml の別名を確かめてください。",
)

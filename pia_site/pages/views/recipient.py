"""The page of a 提供先 or 移転先: who hands over what to it, on what legal basis, by what means.

May import: catalogue, pages.routes, views.
"""

from __future__ import annotations

from dataclasses import dataclass

from pia_site.catalogue.entities import Recipient
from pia_site.catalogue.records import HandoverKind
from pia_site.pages import routes
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Chrome
from pia_site.pages.views.document import Notice
from pia_site.pages.views.members import DocumentMembers, handovers_of
from pia_site.pages.views.spelling import SpellingView, spellings


@dataclass(frozen=True, slots=True)
class RecipientPage:
    chrome: Chrome
    lede: str
    notices: tuple[Notice, ...]
    type: str
    spellings: tuple[SpellingView, ...]
    memo: str
    handovers: tuple[DocumentMembers, ...]


def recipient_page(atlas: Atlas, recipient: Recipient) -> RecipientPage:
    page = routes.recipient(recipient.slug)
    handovers = atlas.catalogue.handovers.get(recipient.slug, ())
    documents = list(dict.fromkeys(one.document for one in handovers))
    lede = recipient_lede(atlas, recipient)
    return RecipientPage(
        chrome=atlas.chrome(
            page,
            recipient.name,
            path=(("提供先・移転先", routes.list_of("recipients")),),
            description=lede,
            documents=documents,
        ),
        lede=lede,
        notices=atlas.notices(documents),
        type=recipient.type,
        spellings=spellings(atlas, page, (one.recipient for one in handovers)),
        memo=atlas.readable(recipient.memo),
        handovers=handovers_of(atlas, page, handovers),
    )


def recipient_lede(atlas: Atlas, recipient: Recipient) -> str:
    handovers = atlas.catalogue.handovers.get(recipient.slug, ())
    if not handovers:
        return "いまの評価書では、渡す先の欄に名前がありません。"
    bodies = dict.fromkeys(atlas.body_name(one.document.partition("/")[0]) for one in handovers)
    kinds = [kind.label for kind in HandoverKind if any(one.kind is kind for one in handovers)]
    return f"{'、'.join(bodies)}が特定個人情報を{'・'.join(kinds)}している相手です。"

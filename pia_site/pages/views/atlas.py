"""What the pages of the catalogue ask again and again: names in words, links to places and entities.

An `Atlas` is the catalogue with the newest edition of every assessment as the pages that are linked to.
May import: catalogue, documents, text, pages.routes, pages.output, views.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from pia_site.catalogue.build import Catalogue
from pia_site.catalogue.mentions import SystemMentions
from pia_site.catalogue.resolve import EntityKind, Mention
from pia_site.documents.answers import Answer
from pia_site.pages import routes
from pia_site.pages.output import SiteSettings
from pia_site.pages.routes import Page, Target, href
from pia_site.pages.views.changes import date_words
from pia_site.pages.views.chrome import SEPARATOR, Chrome, Link, chrome
from pia_site.pages.views.document import Document, Notice
from pia_site.pages.views.entity_links import entity_links
from pia_site.pages.views.item import NameView
from pia_site.pages.views.passage import Passage, passage, short_place
from pia_site.text.cleaning import collapse_spaces

_MOST_DATA_LINKS = 4


class Atlas:
    """The catalogue as its pages see it; everything is looked up once."""

    def __init__(self, catalogue: Catalogue, settings: SiteSettings) -> None:
        self.catalogue = catalogue
        self.registry = catalogue.registry
        self.settings = settings
        self._places: dict[tuple[str, str], str] = {}
        self._mentions: dict[str, SystemMentions] = {}
        self._containers: dict[str, dict[str, list[Answer]]] = {}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The newest edition of every assessment, as the series of pages without a date in its address."""
        return {
            assessment.document: Document(
                assessment=assessment,
                edition=assessment.newest,
                settings=self.settings,
                body_name=self.body_name(assessment.body),
                jimu_name=self.catalogue.title(assessment.document),
                links=entity_links(self.catalogue.facts[assessment.document], self.registry),
            )
            for assessment in self.catalogue.assessments
        }

    # --- names ---

    def body_name(self, slug: str) -> str:
        body = self.registry.bodies.get(slug)
        return body.name if body else slug

    def jimu_name(self, document: str) -> str:
        return self.catalogue.title(document)

    def document_name(self, document: str) -> str:
        """「いわき市 後期高齢者医療事務」."""
        return f"{self.body_name(document.partition('/')[0])} {self.jimu_name(document)}"

    def readable(self, remark: str | None) -> str:
        """A remark of the registry, with the names of the documents in place of their ids."""
        if not remark:
            return ""
        return self._ids.sub(lambda found: f"「{self.document_name(found['id'])}」", collapse_spaces(remark))

    @cached_property
    def _ids(self) -> re.Pattern[str]:
        ids = "|".join(map(re.escape, sorted(self.documents, key=len, reverse=True)))
        return re.compile(rf" ?(?<![\w/-])(?P<id>{ids or '(?!)'})(?![\w-]) ?", re.ASCII)

    # --- links ---

    def jimu_link(self, page: Page, document: str, *, with_body: bool = True) -> Link:
        words = self.document_name(document) if with_body else self.jimu_name(document)
        return Link(words, href(page, self.jimu_page(document)))

    def body_link(self, page: Page, slug: str) -> Link:
        return Link(self.body_name(slug), href(page, routes.body(slug)))

    def jimu_page(self, document: str, name: str = routes.OVERVIEW) -> Page:
        body, _, number = document.partition("/")
        return routes.jimu(body, number, name)

    def place(self, page: Page, document: str, address: str) -> Link:
        """A place of a document in words without the document's name: 「Ⅱ4 委託事項1 ③委託先名」."""
        return Link(self.place_words(document, address), self.documents[document].link(page, address))

    def short_place(self, page: Page, document: str, address: str) -> Link:
        """The same without the label: 「Ⅱ4 委託事項1 ③」."""
        known = self.documents[document]
        answer = known.edition.answers.get(address)
        words = short_place(known, answer.slot) if answer else self.place_words(document, address)
        return Link(words, known.link(page, address))

    def place_words(self, document: str, address: str) -> str:
        id_ = document, address
        if id_ not in self._places:
            self._places[id_] = self._place_words(self.documents[document], address)
        return self._places[id_]

    def _place_words(self, known: Document, address: str) -> str:
        answer = known.edition.answers.get(address)
        if answer and answer.slot.item.step:
            # The number is said already: 「Ⅱ4 委託事項1 ③」 and 「委託先名」.
            slot = answer.slot
            tail = slot.item.row_label.removeprefix(slot.item.number or slot.item.row_label)
            return f"{short_place(known, slot)}{tail}"
        if answer:
            return short_place(known, answer.slot)
        for row in known.edition.changes:
            if row.address == address:
                return f"変更箇所 {date_words(row.date)}"
        return known.place_of(address).strip()

    def evidence(self, page: Page, mention: Mention) -> Link:
        """Where a name stands, with the document's name."""
        place = self.short_place(page, mention.document, mention.address)
        return Link(f"{self.document_name(mention.document)} {place.label}", place.href)

    def entity_target(self, mention: Mention) -> Target | None:
        """The page of what a name means; a department is a row of its body's page."""
        if mention.slug is None:
            return None
        match mention.kind:
            case EntityKind.SYSTEM:
                return routes.body_system(mention.body, mention.slug)
            case EntityKind.FILE:
                return routes.body_file(mention.body, mention.slug)
            case EntityKind.CONTRACTOR:
                return routes.contractor(mention.slug)
            case EntityKind.RECIPIENT:
                return routes.recipient(mention.slug)
            case EntityKind.LAW:
                return routes.law(mention.slug)
            case EntityKind.BODY | EntityKind.DEPARTMENT:
                return routes.body(mention.slug if mention.kind is EntityKind.BODY else mention.body)

    def name(self, page: Page, mention: Mention) -> NameView:
        """A name as written, leading to its page or, where nothing resolves it, to its row in the list."""
        words = collapse_spaces(mention.written)
        target = self.entity_target(mention)
        if target is not None:
            return NameView(words, href(page, target) if target != page else None)
        row = unresolved_row(mention)
        listed = row in self._unresolved_rows
        return NameView(words or "記載なし", href(page, routes.UNRESOLVED, row) if listed else None)

    @cached_property
    def _unresolved_rows(self) -> frozenset[str]:
        """Names in change rows are in no list: what they name may be long gone."""
        return frozenset(map(unresolved_row, self.catalogue.unresolved))

    def names(self, page: Page, mentions: Iterable[Mention]) -> tuple[NameView, ...]:
        return tuple(dict.fromkeys(self.name(page, mention) for mention in mentions))

    def passage(self, page: Page, document: str, address: str | None) -> Passage | None:
        return passage(self.documents[document], page, address)

    def answers(self, document: str, container: str) -> tuple[Answer, ...]:
        """The answers of a group or of a copy of a part, by its address, in form order."""
        if document not in self._containers:
            found: dict[str, list[Answer]] = {}
            for answer in self.documents[document].edition.answers.values():
                for address in (answer.slot.part_address, answer.slot.group_address):
                    if address is not None:
                        found.setdefault(address, []).append(answer)
            self._containers[document] = found
        return tuple(self._containers[document].get(container, ()))

    def mentions(self, body: str) -> SystemMentions:
        """Where the newest editions of a body name its systems."""
        if body not in self._mentions:
            editions = [one.edition for one in self.documents.values() if one.edition.body == body]
            self._mentions[body] = SystemMentions(self.registry, body, editions)
        return self._mentions[body]

    # --- what stands around a page ---

    def chrome(
        self,
        page: Page,
        heading: str,
        *,
        path: tuple[tuple[str, Page], ...] = (),
        title: tuple[str, ...] = (),
        description: str,
        documents: Iterable[str] = (),
    ) -> Chrome:
        """`title` follows the heading, from the particular to the general; without it the path does."""
        return chrome(
            page,
            self.settings,
            heading=heading,
            path=path,
            title=SEPARATOR.join((heading, *title)) if title else None,
            description=description,
            data=self._data(page, documents),
        )

    def _data(self, page: Page, documents: Iterable[str]) -> tuple[tuple[str, Target], ...]:
        """The rows of the few documents a page is made from; the list of all data for one made of many."""
        known = [self.documents[one].edition for one in dict.fromkeys(documents) if one in self.documents]
        if not 0 < len(known) <= _MOST_DATA_LINKS:
            return (("データの一覧", routes.list_of("data")),) if page != routes.list_of("data") else ()
        return tuple(
            (
                f"{self.document_name(one.document)}（JSON Lines）",
                routes.data_jimu(one.body, one.number, one.published),
            )
            for one in known
        )

    def notices(self, documents: Iterable[str]) -> tuple[Notice, ...]:
        """Says that summaries are ours, on a page that quotes an abstract edition."""
        known = [self.documents[one].edition for one in dict.fromkeys(documents) if one in self.documents]
        sources = dict.fromkeys(one.official.name for one in known if one.abridged)
        if not sources:
            return ()
        words = (
            "抄録から作ったページです。「要約」は目録の作成者の言葉で、評価書の文章ではありません。"
            f"正式な文章は公表元（{'、'.join(sources)}）にあります。"
        )
        return (Notice("abridged", words),)


def unresolved_row(mention: Mention) -> str:
    """The id of the row that lists a name which nothing resolves."""
    return routes.unresolved_row(mention.kind.value, mention.body, mention.written)

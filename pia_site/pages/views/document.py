"""What the pages of one edition share: names, dates, links, the document's own navigation.

A `Document` is one edition as one series of pages, either the plain one (the newest edition) or the one
pinned to its 公表日. May import: documents, forms, text, pages.routes, views.chrome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pia_site.documents.answers import Answer, Names, Slot
from pia_site.documents.edition import UNDATED, Assessment, Edition
from pia_site.documents.keys import UNKNOWN
from pia_site.forms import Part
from pia_site.pages import routes
from pia_site.pages.output import SiteSettings
from pia_site.pages.routes import Page, Target, href
from pia_site.pages.views.chrome import SEPARATOR, Chrome, Link, chrome
from pia_site.text.cleaning import collapse_spaces
from pia_site.text.wareki import format_both, format_wareki

_SHORTENED = 40  # characters of a name in navigation and titles


@dataclass(frozen=True, slots=True)
class EntityLink:
    """A page of the catalogue that an item's answer names.

    `kind` is the word for it (「システム」), `written` the words of the answer that it stands for.
    """

    kind: str
    name: str
    target: Target
    written: str = ""
    fragment: str | None = None
    """Where on the page, for a name that has no page of its own."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One page of the document: a printed copy of a part, or one of the body's own annexes."""

    address: str
    part: Part | None
    number: int | None
    printed: str
    """「Ⅱ」, 「別添1」, 「別紙1」; the cover is 「表紙」."""
    title: str
    files: tuple[str, ...] = ()
    one_of_several: bool = False

    @property
    def label(self) -> str:
        words = f"{self.printed} {self.title}" if self.title else self.printed
        if not self.one_of_several:
            return words
        return f"{words}（{self.file_words or f'{self.number}枚目'}）"

    @property
    def file_words(self) -> str:
        if not self.files:
            return ""
        more = f"ほか{len(self.files) - 1}件" if len(self.files) > 1 else ""
        return f"{shorten(self.files[0])}{more}"


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    words: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    kind: str
    """`abridged`, `complete`, `pinned` or `old`; `old` is shown as a warning."""
    words: str
    link: Link | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class NavEntry:
    label: str
    href: str
    current: bool = False
    below: tuple[NavEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintLine:
    """What stands on paper only: which edition, and the address that stays."""

    words: str
    href: str
    address: str


@dataclass(frozen=True)
class Document:
    """One edition as a series of pages. `links` leads from item addresses to pages of the catalogue,
    `targets` from the addresses of change rows to the items they name, where that is known."""

    assessment: Assessment
    edition: Edition
    settings: SiteSettings
    body_name: str
    jimu_name: str
    pinned: bool = False
    links: Mapping[str, tuple[EntityLink, ...]] = field(default_factory=dict)
    targets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    # --- names and dates ---

    @property
    def is_newest(self) -> bool:
        return self.edition is self.assessment.newest

    @cached_property
    def published_words(self) -> str:
        return published_words(self.edition)

    @cached_property
    def title(self) -> str:
        """評価書名, taken from the name of the 事務 and the form where the cover gives none."""
        answer = self.edition.answer_to("評価書名", "cover")
        written = collapse_spaces(answer.as_text()) if answer and answer.value else ""
        return written or f"{self.jimu_name} {self.edition.form.name}"

    @cached_property
    def cited(self) -> str:
        """The document as it is cited: 「いわき市『…評価書』（令和6年5月24日公表）」."""
        date = self.edition.published_on
        day = f"{format_wareki(date.iso)}公表" if date and date.iso else "公表日不明"
        return f"{self.body_name}『{self.title}』（{day}）"

    @cached_property
    def declared(self) -> dict[str, tuple[str, ...]]:
        """The change rows that name an item, by the item's address."""
        found: dict[str, tuple[str, ...]] = {}
        for row, addresses in self.targets.items():
            for address in addresses:
                found[address] = (*found.get(address, ()), row)
        return found

    # --- pages ---

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """Every page below the overview, in printed order, annexes last."""
        return tuple(_copies(self.edition))

    @cached_property
    def copy_by_address(self) -> dict[str, Copy]:
        return {copy.address: copy for copy in self.copies}

    def page(self, name: str = routes.OVERVIEW) -> Page:
        """A page of this series, by its copy's address."""
        published = self.edition.published if self.pinned else None
        return routes.jimu(self.edition.body, self.edition.number, name, published)

    def pinned_page(self, name: str = routes.OVERVIEW) -> Page:
        return routes.jimu(self.edition.body, self.edition.number, name, self.edition.published)

    @property
    def history_page(self) -> Page:
        return routes.history(self.edition.body, self.edition.number)

    def link(self, source: Page, address: str) -> str:
        """The link from a page to an item of this edition, within the same series of pages."""
        return href(source, self.page(routes.page_of_address(address)), address)

    def pinned_link(self, source: Page, address: str) -> str:
        return href(source, self.pinned_page(routes.page_of_address(address)), address)

    def pinned_words(self, name: str, fragment: str | None = None) -> str:
        """The pinned address in letters: in full where the site knows its own address."""
        page = self.pinned_page(name)
        if self.settings.site_url:
            return routes.absolute(self.settings.site_url, page, fragment)
        return page.url + (f"#{fragment}" if fragment else "")

    # --- what stands around the content ---

    def chrome(self, name: str, heading: str, description: str) -> Chrome:
        """The chrome of a page of this series; the overview's heading is the name of the 事務."""
        if name == routes.OVERVIEW:
            path: tuple[tuple[str, Page], ...] = ((self.body_name, routes.body(self.edition.body)),)
            words = [self.jimu_name, self.body_name]
        else:
            path = self._path
            words = [heading, self.jimu_name, self.body_name]
        if self.pinned:
            words[0] += f"（{edition_words(self.edition)}）"
        return self._chrome(self.page(name), path, words, heading, description, name or None)

    def chrome_at(self, page: Page, heading: str, description: str) -> Chrome:
        """The chrome of a page of the document that belongs to no edition (its history)."""
        return self._chrome(
            page, self._path, [heading, self.jimu_name, self.body_name], heading, description, None
        )

    @property
    def _path(self) -> tuple[tuple[str, Page], ...]:
        return (self.body_name, routes.body(self.edition.body)), (self.jimu_name, self.page())

    def _chrome(
        self,
        page: Page,
        path: tuple[tuple[str, Page], ...],
        title: list[str],
        heading: str,
        description: str,
        heading_id: str | None,
    ) -> Chrome:
        edition = self.edition
        data = routes.data_jimu(edition.body, edition.number, edition.published)
        return chrome(
            page,
            self.settings,
            heading=heading,
            path=path,
            title=SEPARATOR.join(title),
            description=description,
            data=(("この版のデータ（JSON Lines）", data),),
            heading_id=heading_id,
        )

    def facts(self, page: Page) -> tuple[Fact, ...]:
        edition = self.edition
        number = edition.answer_to("評価書番号", "cover")
        written = collapse_spaces(number.as_text()) if number and number.value else ""
        url = edition.official.url
        linked = url.startswith(("https://", "http://"))
        return (
            Fact("評価実施機関", self.body_name, href(page, routes.body(edition.body))),
            Fact("様式", f"{edition.form.name}（{edition.form.number}）"),
            Fact("様式の版", edition.revision_written),
            Fact("評価書番号", written or UNKNOWN),
            Fact("公表日", self.published_words),
            Fact("公表元", edition.official.name, url if linked else None),
        )

    def short_facts(self) -> tuple[Fact, ...]:
        """What tells one edition from another, for pages below the overview."""
        form = self.edition.form
        return Fact("様式", f"{form.name}（{form.number}）"), Fact("公表日", self.published_words)

    def notices(self, page: Page, name: str) -> tuple[Notice, ...]:
        edition = self.edition
        found = []
        if not self.is_newest:
            newest = self.assessment.newest
            there = name if name in copy_addresses(newest) else routes.OVERVIEW
            link = Link("最新の版を見る", href(page, routes.jimu(edition.body, edition.number, there)))
            words = f"これは{edition_words(edition)}です。最新は{edition_words(newest)}です。"
            found.append(Notice("old", words, link, "古い版です"))
        elif self.pinned:
            link = Link(
                "いつも最新の版を示すページ", href(page, routes.jimu(edition.body, edition.number, name))
            )
            words = f"{edition_words(edition)}に固定したページです。新しい版が出ても内容は変わりません。"
            found.append(Notice("pinned", words, link, "版を固定したページです"))
        official = edition.official
        linked = official.url.startswith(("https://", "http://"))
        source = Link(f"公表元: {official.name}", official.url) if linked else None
        where = "" if linked else f"公表元は{official.name}です（掲載場所の URL は未確認）。"
        if edition.abridged:
            words = (
                "名称、選択、日付などは評価書のとおりに、文章は要約で載せています。"
                f"正式な文章は公表元にあります。{where}"
            )
            found.append(Notice("abridged", words, source, "抄録です"))
        else:
            words = f"評価書の文章をそのまま載せています。要約を添えた項目もあります。{where}"
            found.append(Notice("complete", words, source, "全文です"))
        return tuple(found)

    def editions(self, page: Page, name: str) -> tuple[NavEntry, ...]:
        """The edition menu, newest first: the same page of every edition, where it has one."""
        entries = []
        for edition in reversed(self.assessment.editions):
            there = name if name in copy_addresses(edition) else routes.OVERVIEW
            target = routes.jimu(edition.body, edition.number, there, edition.published)
            newest = "（最新）" if edition is self.assessment.newest else ""
            words = f"{published_words(edition)}{newest}"
            entries.append(NavEntry(words, href(page, target), edition is self.edition))
        return tuple(entries)

    def navigation(self, page: Page, name: str, below: tuple[NavEntry, ...] = ()) -> tuple[NavEntry, ...]:
        """The document's own pages; `below` are the places on the page at hand."""
        entries = [NavEntry("概要", href(page, self.page()), name == routes.OVERVIEW)]
        for copy in self.copies:
            current = copy.address == name
            label = copy.label
            entries.append(
                NavEntry(label, href(page, self.page(copy.address)), current, below if current else ())
            )
        entries.append(NavEntry("変更の履歴", href(page, self.history_page), name == "history"))
        return tuple(entries)

    def print_line(self, page: Page, name: str) -> PrintLine:
        return PrintLine(self.cited, href(page, self.pinned_page(name)), self.pinned_words(name))

    # --- places ---

    def place_words(self, slot: Slot) -> str:
        """Where an item stands, as it is cited: 「Ⅱ4 委託事項1 ③委託先名」."""
        words = self.copy_words(slot.part_address) + (slot.section.number or "")
        if slot.group:
            words += f" {slot.group}"
        return f"{words} {slot.item.row_label}"

    def place_of(self, address: str, *, short: bool = False) -> str:
        """The words for any address of the edition: an item, a group, a section, a page.

        `short` takes an item's key for its printed label, and a group for its name.
        """
        answer = self.edition.answers.get(address)
        if answer is not None and short:
            return self._short_words(answer.slot)
        if answer is not None:
            return self.place_words(answer.slot)
        for below, answer in self.edition.answers.items():
            if not below.startswith(f"{address}-"):
                continue
            slot = answer.slot
            place = self.copy_words(slot.part_address)
            if slot.group_address == address:
                return f"{place}{slot.section.number or ''} {slot.group or slot.section.title}"
            if slot.section_address == address and slot.section.title:
                return f"{place}{slot.section.number or ''} {slot.section.title}"
            break
        copy = self.copy_by_address.get(routes.page_of_address(address))
        return copy.label if copy else address

    def _short_words(self, slot: Slot) -> str:
        words = self.copy_words(slot.part_address) + (slot.section.number or "")
        if slot.group:
            words += f" {slot.group}"
        return words if not slot.item.step else f"{words} {slot.item.number or ''}{slot.item.key}"

    def copy_words(self, address: str) -> str:
        copy = self.copy_by_address[address]
        return f"{copy.printed}（{copy.file_words}）" if copy.one_of_several and copy.files else copy.printed


# --- functions that need no series ---


def shorten(words: str, length: int = _SHORTENED) -> str:
    words = collapse_spaces(words)
    return words if len(words) <= length else f"{words[: length - 1]}…"


def published_words(edition: Edition) -> str:
    """公表日 in both calendars, 「不明」 where it is not known."""
    date = edition.published_on
    words = format_both(date) if date else UNKNOWN
    again = edition.published[10:].removeprefix("-") if edition.published != UNDATED else ""
    return f"{words}・同日の{again}番目" if again else words


def edition_words(edition: Edition) -> str:
    """「令和6年5月24日（2024-05-24）の版」, 「公表日不明の版」."""
    words = published_words(edition)
    return "公表日不明の版" if words == UNKNOWN else f"{words}の版"


def copy_addresses(edition: Edition) -> frozenset[str]:
    return frozenset(copy.address for copy in _copies(edition))


def copy_files(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The 特定個人情報ファイル that each copy of a repeating part covers, by the copy's address."""
    files = {address: tuple(map(collapse_spaces, names)) for address, names in edition.covered_files.items()}
    for answer in edition.answers.values():
        slot = answer.slot
        if slot.copy is not None and slot.part_address not in files and _names_its_files(answer):
            assert isinstance(answer.value, Names)
            files[slot.part_address] = tuple(map(collapse_spaces, answer.value.names))
    return files


def _names_its_files(answer: Answer) -> bool:
    """Whether it is the lone first item of a copy, which says what files the copy is about."""
    first = answer.slot.part.sections[0]
    return answer.slot.section is first and first.lone_item is answer.item and isinstance(answer.value, Names)


def _copies(edition: Edition) -> Iterator[Copy]:
    files = copy_files(edition)
    answered = {answer.slot.part_address for answer in edition.answers.values()}
    for part in edition.form.parts:
        # The cover's title is the whole document's and is printed as its h1 already.
        printed, title = (part.printed, "") if part.role == "cover" else (part.printed, part.title)
        if part.role == "changes":
            if edition.changes or part.step in edition.copies:
                yield Copy(part.step, part, None, printed, title)
        elif not part.repeats:
            if part.step in answered:
                yield Copy(part.step, part, None, printed, title)
        else:
            several = edition.copies.get(part.step, 0)
            for number in range(1, several + 1):
                address = f"{part.step}{number}"
                yield Copy(
                    address, part, number, printed, title, files.get(address, ()), one_of_several=several > 1
                )
    for annex in edition.annexes:
        yield Copy(annex.address, None, None, annex.name, annex.title)

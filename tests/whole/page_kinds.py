"""The kinds of pages that the site has, and one page of each that the browser looks at.

A page that fits no kind fails `test_every_page_is_of_a_known_kind`: give a new kind its line here, and
every test of pages looks at it too.
"""

from __future__ import annotations

import re

_DOCUMENT = r"jimu/[^/]+/[^/]+/"
_PINNED = rf"{_DOCUMENT}(?:\d{{4}}-\d\d-\d\d|undated)(?:-\d+)?/"
_SLUG = r"[a-z0-9-]+/"
_9 = "jimu/iwaki-city/9/"

KINDS: dict[str, tuple[str, str]] = {
    # name: (what its URLs look like, a page of it)
    "home": (r"", ""),
    "jimu-list": (r"jimu/", "jimu/"),
    "body-list": (r"bodies/", "bodies/"),
    "system-list": (r"systems/", "systems/"),
    "contractor-list": (r"contractors/", "contractors/"),
    "recipient-list": (r"recipients/", "recipients/"),
    "law-list": (r"laws/", "laws/"),
    "change-list": (r"changes/", "changes/"),
    "situation-list": (r"situations/", "situations/"),
    "overview": (_DOCUMENT, _9),
    "cover": (rf"{_DOCUMENT}cover/", f"{_9}cover/"),
    "part-i": (rf"{_DOCUMENT}i/", f"{_9}i/"),
    "part-ii": (rf"{_DOCUMENT}ii\d+/", f"{_9}ii1/"),
    "part-iii": (rf"{_DOCUMENT}iii\d+/", f"{_9}iii1/"),
    "part-iv": (rf"{_DOCUMENT}iv/", f"{_9}iv/"),
    "part-v": (rf"{_DOCUMENT}v/", f"{_9}v/"),
    "part-vi": (rf"{_DOCUMENT}vi/", "jimu/chiba-city/5/vi/"),
    "work": (rf"{_DOCUMENT}work/", "jimu/chiba-city/5/work/"),
    "records": (rf"{_DOCUMENT}records\d+/", f"{_9}records1/"),
    "annex": (rf"{_DOCUMENT}annex\d+/", "jimu/iwaki-city/kokuho/annex1/"),
    "changes": (rf"{_DOCUMENT}changes/", f"{_9}changes/"),
    "history": (rf"{_DOCUMENT}history/", f"{_9}history/"),
    "pinned-overview": (_PINNED, f"{_9}2024-05-24/"),
    "pinned": (rf"{_PINNED}[a-z]+\d*/", f"{_9}2024-05-24/cover/"),
    "body": (rf"bodies/{_SLUG}", "bodies/iwaki-city/"),
    "system": (rf"bodies/{_SLUG}systems/{_SLUG}", "bodies/iwaki-city/systems/chukan-server/"),
    "file": (rf"bodies/{_SLUG}files/{_SLUG}", "bodies/iwaki-city/files/koki-koreisha-iryo-joho-file/"),
    "system-kind": (rf"systems/{_SLUG}", "systems/chukan-server/"),
    "contractor": (rf"contractors/{_SLUG}", "contractors/fujitsu-japan/"),
    "recipient": (rf"recipients/{_SLUG}", "recipients/fukushima-koiki-rengo/"),
    "law": (rf"laws/{_SLUG}", "laws/bango-ho/"),
    "situation": (rf"situations/{_SLUG}", "situations/kokuho/"),
    "data": (r"data/", "data/"),
    "unresolved": (r"data/unresolved/", "data/unresolved/"),
    "search": (r"search/", "search/?q=%E4%B8%AD%E9%96%93%E3%82%B5%E3%83%BC%E3%83%90%E3%83%BC"),
    "written-by-hand": (r"(?:about|cite|disclosure)/", "about/"),
    "not-found": (r"404\.html", "jimu/iwaki-city/9/no/such/place/"),
}
NOT_FOUND = "not-found"
ONE_OF_EACH = {name: page for name, (_, page) in KINDS.items()}
FOUND = {name: page for name, page in ONE_OF_EACH.items() if name != NOT_FOUND}


def kinds_of(url: str) -> list[str]:
    """The kinds that a page's URL below the site's root fits: one, when all is well."""
    return [name for name, (pattern, _) in KINDS.items() if re.fullmatch(pattern, url)]


def is_pinned(url: str) -> bool:
    """Whether a page belongs to one edition for good, and so repeats a plain page or an older one."""
    return re.match(_PINNED, url) is not None

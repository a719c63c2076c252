"""Which pages of the catalogue the answers of an edition name, by item address.

May import: catalogue, text, pages.routes, views.document.
"""

from __future__ import annotations

from pia_site.catalogue.entities import Registry
from pia_site.catalogue.records import Facts, mentions_in
from pia_site.catalogue.resolve import EntityKind, Mention
from pia_site.pages import routes
from pia_site.pages.views.document import EntityLink
from pia_site.text.cleaning import collapse_spaces


def entity_links(
    facts: Facts, registry: Registry, *, newest: bool = True
) -> dict[str, tuple[EntityLink, ...]]:
    """Links from item addresses to the entities that resolve, and to the list of those that do not.

    A department that resolves has no page; the list holds the names of newest editions only.
    """
    found: dict[str, dict[EntityLink, None]] = {}
    for record in facts.records():
        for mention in mentions_in(record):
            link = _link(mention, registry) if mention.resolved or not newest else _unresolved(mention)
            if link is not None:
                found.setdefault(mention.address, {})[link] = None
    return {address: tuple(links) for address, links in found.items()}


def _link(mention: Mention, registry: Registry) -> EntityLink | None:
    slug, scoped = mention.slug, mention.scoped
    if slug is None or scoped is None:
        return None
    match mention.kind:
        case EntityKind.BODY:
            name, target = registry.bodies[slug].name, routes.body(slug)
        case EntityKind.SYSTEM:
            name, target = registry.systems[scoped].name, routes.body_system(*scoped)
        case EntityKind.FILE:
            name, target = registry.files[scoped].name, routes.body_file(*scoped)
        case EntityKind.CONTRACTOR:
            name, target = registry.contractors[slug].name, routes.contractor(slug)
        case EntityKind.RECIPIENT:
            name, target = registry.recipients[slug].name, routes.recipient(slug)
        case EntityKind.LAW:
            law = registry.laws[slug]
            name, target = law.short_name or law.name, routes.law(slug)
        case EntityKind.DEPARTMENT:
            return None
    return EntityLink(mention.kind.label, name, target, mention.written)


def _unresolved(mention: Mention) -> EntityLink | None:
    written = collapse_spaces(mention.written)
    if not written:
        return None
    row = routes.unresolved_row(mention.kind.value, mention.body, mention.written)
    return EntityLink("つながらなかった名前", written, routes.UNRESOLVED, mention.written, row)

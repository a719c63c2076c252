"""Views: what one page shows, as flat frozen dataclasses without markup.

One module per kind of page, each with the function that builds its view; a template loops over a
view and chooses, it looks nothing up. May import: catalogue, documents, forms, text, pages.routes.
"""

"""The catalogue in memory: what the editions name, resolved against the registry and linked both ways.

A name as written (`Mention`) and the entity it resolves to are two things, kept side by side; what
cannot be resolved is listed, never guessed. Records are flat and hold ids, indexes lead both ways,
and nothing here knows URLs or markup. May import: documents, forms, text, problems.
"""

from pia_site.catalogue.build import Catalogue, build_catalogue
from pia_site.catalogue.checks import check_catalogue
from pia_site.catalogue.opening import Opened, open_catalogue
from pia_site.catalogue.registry import load_registry

__all__ = [
    "Catalogue",
    "Opened",
    "build_catalogue",
    "check_catalogue",
    "load_registry",
    "open_catalogue",
]

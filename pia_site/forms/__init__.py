"""The official forms as data: what is printed, in which order, and the address of every item.

Importers, checks, the JSON Schema, pages, anchors, diff and export all read these definitions;
no item number is written in Python. May import: text, problems.
"""

from pia_site.forms.load import all_forms, find_form, form_by_id
from pia_site.forms.model import Block, Form, FormType, Group, Item, Kind, Node, Part, Section

__all__ = [
    "Block",
    "Form",
    "FormType",
    "Group",
    "Item",
    "Kind",
    "Node",
    "Part",
    "Section",
    "all_forms",
    "find_form",
    "form_by_id",
]

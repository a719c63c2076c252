"""Importers: one source document in, one edition and what could not be placed out.

A reader per kind of source makes an `Extract` (blocks of text with their lines); `fill` and the
modules around it hold the extract against the form definition; `importer` writes the edition, its
provenance beside it and the leftovers. The source itself is never changed. No document's layout and
no item number is written here: what is known about the forms stands in their definitions.
May import: documents, forms, text, problems.
"""

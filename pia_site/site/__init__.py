"""The site: MkDocs fed with our pages, its content policy, the search entries, the build and the server.

May import: pages, and the rooms below it. Only `mkdocs_plugin` imports mkdocs.
"""

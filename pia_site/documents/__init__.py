"""Assessments and their editions: the YAML an officer edits, read, checked and written.

Edition YAML in git is the contract of the project: `import` ends here and `build` begins here.
May import: forms, text, problems.
"""

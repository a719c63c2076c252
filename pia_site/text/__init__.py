"""Text as these documents write it: named cleaning steps, dates, numbers, citations, YAML.

May import: problems.
"""

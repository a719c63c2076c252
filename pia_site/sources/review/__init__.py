"""The page on which an officer checks an import: source beside result, what is uncertain first."""

"""Files → `Extract`: one reader a format, chosen by what is in the file."""

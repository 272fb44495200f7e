"""The page that reads files of its reader's own runs among them, in tests/python/test_catalogues.py, and not here."""

collect_ignore = ["catalogues.md"]

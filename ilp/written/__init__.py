"""How days and numbers are read and written, by language, beside Django's own."""

"""Everything that views and reports are made of, read once."""

"""Inspect AI logs: finding them, reading their headers, and the record that every source is brought to."""

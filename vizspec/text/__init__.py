"""Texts: names of files, order, numbers, messages, Markdown."""

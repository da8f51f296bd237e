"""The output folder: safe writes, locks, and changes that are whole or undone."""

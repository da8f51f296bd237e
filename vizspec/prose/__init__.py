"""Texts of the user's with live numbers: what they may ask for, how they are filled in, and their checks."""

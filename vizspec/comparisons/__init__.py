"""Evaluations compared with each other, on the same samples where they share them."""

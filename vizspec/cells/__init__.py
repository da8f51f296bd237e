"""Evaluations: what each is, which log of it counts, and what became of the others."""

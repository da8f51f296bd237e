"""Claims: what a spec says beforehand of its results, and what the results say of it."""

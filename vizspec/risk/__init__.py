"""Risk scores against the truth: curves, statistics, and what the log itself stored of them."""

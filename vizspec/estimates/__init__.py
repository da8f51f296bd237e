"""The one table of estimates that everything drawn or written reads."""

"""Intervals, differences, tests and sample sizes: numbers in, numbers out."""

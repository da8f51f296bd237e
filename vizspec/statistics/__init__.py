"""Intervals, pure."""

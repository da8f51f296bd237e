"""Plots of a grammar of marks as shapes: rows, scales and marks as inspect-viz's plots have them. Pure."""

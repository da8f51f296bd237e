"""Figures and pages: everything that is drawn, and nothing that decides what to draw."""

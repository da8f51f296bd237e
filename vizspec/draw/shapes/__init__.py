"""Figures as frozen values: panels of marks on axes. Nothing here draws."""

"""Metrics as records made once."""

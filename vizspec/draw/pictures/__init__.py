"""PNGs of charts, taken in one headless browser."""

"""Charts drawn with inspect-viz."""

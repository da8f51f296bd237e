"""Drawing: the only modules that touch inspect-viz, matplotlib and the browser."""

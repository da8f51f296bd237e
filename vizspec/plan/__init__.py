"""Every output of a render as a value, before anything is drawn."""

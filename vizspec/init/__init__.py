"""The default spec, suggested from the design and the logs."""

"""What jobs are and what they used, as values: no file, no program, no output."""

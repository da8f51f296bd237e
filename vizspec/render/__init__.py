"""A render from its start to the files in their places."""

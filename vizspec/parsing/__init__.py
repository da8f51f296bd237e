"""YAML with the places of its parts, and models of it with errors at these places."""

"""The language of `analysis.yaml`: its models, how it is read and checked."""

"""What answers a question about a job: programs of the cluster, run logs, GPU samples, a saved file."""

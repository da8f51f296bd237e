"""What is shown of the jobs: the table, the figure's numbers, `compute_metrics.json`."""

"""What an experiment's Slurm jobs used: collected from every source there is, merged, summed, tabulated.

`compute.collect_compute` is the whole way from an experiment's folder to `ComputeFacts`; `table`, `figure`
and `metrics_file` show them; `public` has the recipe's functions.
"""

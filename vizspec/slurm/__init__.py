"""What an experiment's Slurm jobs used: collected from every source there is, merged, summed, tabulated.

`model` has the values, `sources` what answers, `output` what is shown; `compute.collect_compute` is the whole
way from an experiment's folder to `ComputeFacts`. `vizspec.api.slurm` has the recipe's functions.
"""

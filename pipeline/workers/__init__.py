"""The processes that do the work of a run: how they start, what limits they have, what becomes of one that dies.

`batch` is what a worker does with one input, `pool` keeps workers on this machine, `dask_pool` on a cluster.
"""

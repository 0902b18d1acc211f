"""A run from directory to directory: its inputs and outputs, its lock and ledger, what is still to do, the report.

    with Run(inputs, out) as run: ...    (pipeline.runs.run)

What does the work, and where, is `pipeline.workers`; `pipeline.flow` puts both under Prefect.
"""

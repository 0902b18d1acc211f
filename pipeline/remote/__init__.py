"""Inputs and outputs that lie behind a URL: `s3://plans/inbox`, `gs://…`, `memory://…`, whatever fsspec opens.

Nothing here is imported for local directories.
"""

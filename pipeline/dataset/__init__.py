"""The normalised dataset: one table for each kind of record, to be queried across documents, provinces and years."""

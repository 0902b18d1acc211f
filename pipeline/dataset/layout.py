"""Where the parts of the dataset stand below a results directory."""

DATASET = "dataset"
DATABASE = "kehoach.duckdb"
INDEX = "search.sqlite"
# What a build makes ready, what it has replaced, and what keeps a second build out.
BUILDING, FORMER, LOCK = ".dataset.part", ".dataset.old", ".dataset.lock"

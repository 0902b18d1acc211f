"""Pure functions from text to mentions; they know neither each other nor files."""

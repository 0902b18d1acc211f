"""How fast kehoach is, what it costs, and how it compares with what people would use instead. `make bench`."""

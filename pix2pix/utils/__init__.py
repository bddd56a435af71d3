"""General helpers: atomic files, signals, command-line options."""

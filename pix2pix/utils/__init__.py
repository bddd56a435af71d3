"""General helpers: atomic files, printing, signals, command-line options."""

"""Helpers that know nothing of drawing: files, signals, command-line options."""

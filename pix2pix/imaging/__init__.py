"""What is done to pictures and drawings: regions, hints, backgrounds, colour spaces, files."""

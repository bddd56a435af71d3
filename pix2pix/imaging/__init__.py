"""Image processing for pictures and drawings: regions, hints, backgrounds, colour spaces."""

"""Videos, frame by frame: reading and writing them, and holding their colours steady."""

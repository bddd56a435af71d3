"""Videos, frame by frame: reading, writing, and steady colours."""

"""The plate detector: a frame becomes plates with four corners, a score and whether they have two rows."""

"""Draws Chinese plates and photographs them: what is issued, how GA 36 lays it out, what a camera does to it."""

"""Facts: what a situation and its draft say, without opinions."""

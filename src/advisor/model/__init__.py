"""Models: frozen data and pure functions on them."""

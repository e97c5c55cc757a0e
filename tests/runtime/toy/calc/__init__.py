"""A toy engine with the interface that the browser runtime calls."""

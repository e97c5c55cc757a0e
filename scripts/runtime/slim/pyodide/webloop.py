"""No event loop: the engine answers one request at a time and awaits nothing, and asyncio is a fifth of the start."""


def _initialize_event_loop():
    """Called once by the package pyodide when it is imported."""

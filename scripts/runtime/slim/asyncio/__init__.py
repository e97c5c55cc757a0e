"""No asyncio: the interpreter's bridge to JavaScript asks for one name when it starts, and nothing else is here."""


def get_event_loop():
    """The bridge asks for it when a promise is awaited, which the engine never does."""
    raise RuntimeError("the browser bundle has no event loop")


def __getattr__(name):
    raise AttributeError(f"the browser bundle replaces asyncio by an empty module: {name!r} is not in it")

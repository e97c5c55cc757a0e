"""A module that the browser bundle leaves out is named when something asks for it.

This file goes into the bundle; the builder fills in the names. It is started by the worker before the engine.
"""

import codecs
import sys

LEFT_OUT = frozenset()


class LeftOutError(ModuleNotFoundError):
    """A module of the standard library that exists, but not in this bundle."""


def _error(name):
    return LeftOutError(
        f"the standard library's module {name!r} is not in the browser bundle: no warm-up request needed it. "
        "Add a request that does to the engine's samples, or do without the module.",
        name=name,
    )


class _Finder:
    """Asked last: whatever comes here was found nowhere else."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in LEFT_OUT:
            raise _error(name)
        return None


def _search_codec(name):
    # The library swallows the failed import of a codec's module and would speak of an unknown encoding.
    module = "encodings." + name.replace("-", "_").replace(" ", "_")
    if module in LEFT_OUT:
        raise _error(module)
    return None


def install():
    sys.meta_path.append(_Finder)
    codecs.register(_search_codec)

"""One exception says what went wrong while making the runtime and what to do next."""

from __future__ import annotations


class RuntimeBuildError(Exception):
    """The runtime cannot be made; the message names the cause and the next step."""

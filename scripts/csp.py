"""State once the Content-Security-Policy under which every page of the site must work.

The server sends ``HEADER``; every page also carries ``META``, so that the promise "nothing leaves the
browser" holds on servers that send no header. ``frame-ancestors`` has no effect in a page, hence the two.
"""

DIRECTIVES = (
    "default-src 'none'",
    # WebAssembly is compiled in the calculator's worker; no other evaluation of text is allowed.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)

META = "; ".join(DIRECTIVES)
HEADER = META + "; frame-ancestors 'none'"

# The one page made to stand in a frame of another site; a click in it can do no harm to anybody.
EMBEDDED = "calculator/embed/index.html"


def header(file: str) -> str:
    """The policy for one file of the site: only the calculator's page for other sites may stand in their frames."""
    return META if file.endswith(EMBEDDED) else HEADER

"""No packages: the engine needs none, and the loader would bring in zipfile, tempfile, shutil and pathlib."""


class _Folder:
    def __init__(self, path):
        self._path = path

    def __str__(self):
        return self._path


# The glue reads these two as text while it starts.
SITE_PACKAGES = _Folder("/lib/site-packages")
DSO_DIR = _Folder("/usr/lib")


def init_loaded_packages():
    """Nothing is loaded."""

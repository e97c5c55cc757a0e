"""Tools that build, serve and check the site; run them as python -m scripts.NAME."""

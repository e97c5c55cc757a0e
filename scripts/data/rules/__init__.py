"""One module a rule: `name`, `description` (zh, en), `check(sources)`, and `load = True` where compiling needs it."""

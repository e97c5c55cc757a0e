"""The browser runtime is made here: pinned Pyodide, a pruned library, the engine and the policies, ready to be served.

`python -m scripts.runtime build` writes it, `python -m scripts.runtime bench` measures it against Pyodide as shipped.
"""

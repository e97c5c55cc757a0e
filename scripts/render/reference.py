"""The reference of the engine's package, made from its own signatures and docstrings, so that it cannot fall behind the code."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import NamedTuple

from markupsafe import Markup, escape

import calc
from calc import elsewhere, explain, receipt, timeline

from .site import Page, Site

# The functions and classes for use from outside, in the order in which one meets them.
PUBLIC = (calc.PolicySet, calc.Policy, calc.Case, calc.assess, calc.Assessment, calc.Step, calc.questions, explain.explain, timeline.timeline, elsewhere.elsewhere,
          receipt.receipt, receipt.verify, calc.CaseError, calc.PolicyError)


class Entry(NamedTuple):
    """A function, class, method or property: its name, anchor, signature and docstring, and what belongs to it."""

    name: str
    anchor: str
    signature: str
    text: Markup
    members: list[Entry]


def pages(site: Site, lang: str) -> Iterator[Page]:
    """One page with the public interface, and what each module is for."""
    yield site.render("reference.md", lang, "data/calc/index.md", entries=[entry(item) for item in PUBLIC], modules=list(modules(calc)), version=calc.__version__)


def entry(item: object, owner: str = "") -> Entry:
    """An entry for a public function or class, with the public methods and properties of a class."""
    name = item.__name__  # type: ignore[attr-defined]
    where = item.__module__  # type: ignore[attr-defined]
    full = f"{owner}.{name}" if owner else f"{'calc' if hasattr(calc, name) and getattr(calc, name) is item else where}.{name}"
    members = [member for key, value in vars(item).items() if (member := member_of(key, value, name))] if inspect.isclass(item) else []
    return Entry(full, anchor(full), signature(item), paragraphs(inspect.getdoc(item) or ""), members)


def member_of(key: str, value: object, owner: str) -> Entry | None:
    """The entry of a class's member; nothing for what is private or has no docstring."""
    if key.startswith("_"):
        return None
    if isinstance(value, property):
        return Entry(f"{owner}.{key}", anchor(f"{owner}.{key}"), "", paragraphs(value.fget.__doc__ or ""), [])  # type: ignore[union-attr]
    found = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
    return entry(found, owner) if inspect.isfunction(found) and found.__doc__ else None


def signature(item: object) -> str:
    """A signature as one writes the call, with the types."""
    try:
        found = str(inspect.signature(item))  # type: ignore[arg-type]
    except ValueError:  # a class without a constructor of its own
        return "()"
    return found.replace("(self, ", "(").replace("(self)", "()").replace("(cls, ", "(").replace("'", "")


def anchor(name: str) -> str:
    """A name as an anchor, the same in both languages."""
    return name.lower().replace(".", "-").replace("_", "-")


def paragraphs(text: str) -> Markup:
    """A docstring's paragraphs as HTML."""
    return Markup("").join(Markup("<p>{}</p>").format(" ".join(part.split())) for part in text.split("\n\n") if part.strip())


def modules(package: ModuleType) -> Iterator[tuple[str, str]]:
    """Every module of the package with the first line of its docstring."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if found.name.rpartition(".")[2] != "__main__":
            module = importlib.import_module(found.name)
            yield found.name, str(escape((module.__doc__ or "").strip().split("\n")[0]))

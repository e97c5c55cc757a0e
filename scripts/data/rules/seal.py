"""Every value of a sealed file is as it was when it was last compared with its notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import seals
from ..problem import Problem
from ..sources import SourceSet
from ..yaml_source import Document

name = "seal"
alone = True
description = {
    "zh": "登记过的文件，每个值都和上次对照通知核对时一样；改了、删了一处，都要重新核对、登记。",
    "en": "Every value of a sealed file is as it was when last compared with its notice; a change or deletion is compared and sealed anew.",
}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each value changed, deleted or added since its file was sealed, and each seal that is gone or not the one registered."""
    for file, digest in sources.seal_register.items():
        seal = f"seals/{file.removesuffix('.yaml')}.seal"
        text = sources.seals.get(file)
        if text is None:
            yield Problem(name, seal, 1, 1, f"{file} 的登记不见了。可能误删了，或改了名。请找回；文件确实要重新核对登记的，运行 python -m scripts.seal {file}。",
                          f"The seal of {file} is gone; it may have been deleted or renamed by mistake. Restore it; or compare the file anew and run python -m scripts.seal {file}.", "")
        elif seals.digest(text) != digest:
            yield Problem(name, seal, 1, 1, f"{file} 的登记被改动过，和名单（seals/register.txt）里的不一致。请找回原来的；文件重新核对过的，运行 python -m scripts.seal {file}。",
                          f"The seal of {file} is not the one in the register (seals/register.txt). Restore it; or compare the file anew and run python -m scripts.seal {file}.", "")
    for file, text in sources.seals.items():
        document = sources.documents.get(file)
        if document is None:
            yield Problem(name, f"seals/{file.removesuffix('.yaml')}.seal", 1, 1, f"登记过的文件 {file} 不在了。可能误删了，或改了名。请找回；确实不要的，删除这份登记。",
                          f"The sealed file {file} is gone; it may have been deleted or renamed by mistake. Restore it, or delete this seal.", text.splitlines()[0] if text else "")
        elif document.data is not None:
            try:
                sealed = seals.decode(text)
            except ValueError:
                yield document.problem(name, (), f"登记 seals/{file.removesuffix('.yaml')}.seal 已损坏。请核对后运行 python -m scripts.seal {file}。",
                                       f"The seal seals/{file.removesuffix('.yaml')}.seal is damaged. Compare the file, then run python -m scripts.seal {file}.")
                continue
            yield from differences(sources, document, sealed)


def differences(sources: SourceSet, document: Document, sealed: list[str]) -> Iterator[Problem]:
    """One problem for each place at which a file departs from its seal."""
    seen: set[tuple] = set()
    for change in seals.changes(sealed, document):
        if extends(document, change):
            continue
        key = (lost(sources, document, change.key) if change.kind == "deleted" else change.key).replace("[]", "")
        zh, en = {
            "changed": (f"“{key}”和上次核对时不一样", f"“{key}” is not what it was when last compared"),
            "deleted": (f"这里上次核对时还有“{key}”，现在没有了" if key else "这里上次核对时还有一个值，现在没有了", f"There was “{key}” here when last compared; it is gone" if key else "There was another value here when last compared; it is gone"),
            "new": ("这一条是登记以后新加的，还没有核对", "This entry was added since the file was sealed and has not been compared"),
            "added": (f"“{key}”上次核对时还没有", f"“{key}” was not here when last compared"),
        }[change.kind]
        place = document.at(change.path, key=change.kind == "added")
        if (change.kind, place) in seen:
            continue
        seen.add((change.kind, place))
        yield document.problem(name, change.path, f"{zh}。可能是无意中改的。请对照通知：改错了就改回来，改得对就运行 python -m scripts.seal {document.name} 重新登记。",
                               f"{en}; it may be a slip. Compare with the notice: put it back, or, if it is right, run python -m scripts.seal {document.name}.", key=change.kind == "added")


def extends(document: Document, change: seals.Change) -> bool:
    """Whether a change only adds an entry to the vocabulary, or a name to one of its lists, as every new place does."""
    return document.name.startswith("vocabulary/") and (change.kind == "new" or (change.kind == "added" and change.key.endswith("[]")))


def lost(sources: SourceSet, document: Document, told: str) -> str:
    """The key that a fingerprint stands for, among those that the files of the same kind have; empty where none fits."""
    kind = document.name.partition("/")[0]
    if ("keys", kind) not in sources.found:
        sources.found["keys", kind] = {seals.named(leaf.key).hex(): leaf.key for other in sources.of(kind) for leaf in seals.leaves(other.data)}
    return sources.found["keys", kind].get(told, "")

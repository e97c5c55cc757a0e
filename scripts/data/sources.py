"""The source set: every YAML file of the policy data, read once, found by what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from copy import copy
from pathlib import Path

from .problem import Problem
from .seals import registered as seals_of
from .yaml_source import Document, load

KINDS = ("vocabulary", "notices", "questions", "policies", "questions_asked")
VOCABULARY = ("persons", "groups", "facts", "places", "funds", "bodies", "channels")


class SourceSet:
    """The files under a data folder, with the messages about those that cannot be read.

    vocabulary, notices, questions and policies map a file's name (relative, with slashes) to its document. shared: parts of the
    vocabulary that the folder takes over from the folder it lies in, because it has none of its own (the template does so).
    seals: the seal of each file that has one. seal_register: the files that are said to have one, with the hash of each seal.
    """

    def __init__(self, root: Path, files: dict[str, str], fingerprints: dict[str, bytes] | None = None, notice_texts: dict[str, str] | None = None, shared: dict[str, str] | None = None, seals: dict[str, str] | None = None) -> None:
        self.root, self.files, self.seals = root, files, seals or {}
        self.seal_register: dict[str, str] = {}
        self.fingerprints, self.notice_texts = fingerprints or {}, notice_texts or {}
        self.documents = {name: load(name, text) for name, text in sorted(files.items())}
        self.shared = {name: load(f"../{name}", text) for name, text in sorted((shared or {}).items())}
        self.problems: list[Problem] = [problem for document in (*self.documents.values(), *self.shared.values()) for problem in document.problems]
        self.found: dict = {}  # what several rules ask for is worked out once

    @classmethod
    def read(cls, root: Path, notice_folder: Path | None = None, overrides: dict[str, str] | None = None) -> SourceSet:
        """The files of a folder; `overrides` replaces the text of some (used to try a change without writing it)."""
        root = root.resolve()
        files, fingerprints = {}, {}
        problems = []
        for kind in KINDS:
            for path in sorted((root / kind).rglob("*")):
                name = path.relative_to(root).as_posix()
                if path.suffix == ".yaml":
                    try:
                        files[name] = path.read_bytes().decode("utf-8")
                    except UnicodeDecodeError as error:
                        line = path.read_bytes()[: error.start].count(b"\n") + 1
                        problems.append(Problem("yaml", name, line, 1, "文件不是 UTF-8 编码，可能是用别的编码（如 GBK）保存的。请另存为 UTF-8。",
                                                "The file is not UTF-8; it may have been saved in another encoding such as GBK. Save it as UTF-8."))
                elif path.suffix == ".yml":
                    problems.append(Problem("yaml", name, 1, 1, "文件名以 .yml 结尾，不会被读取。请改为 .yaml。", "The file name ends in .yml and would not be read. Rename it to .yaml."))
                elif path.suffix == ".fingerprint":
                    fingerprints[path.stem] = path.read_bytes()
        files.update(overrides or {})
        texts = {}
        if notice_folder is not None:
            texts = {path.stem: "".join(path.read_text(encoding="utf-8").split()) for path in sorted(notice_folder.glob("*.txt"))}
        above = {f"vocabulary/{name}.yaml": root.parent / "vocabulary" / f"{name}.yaml" for name in VOCABULARY}
        shared = {name: path.read_text(encoding="utf-8") for name, path in above.items() if name not in files and path.is_file()}
        seals = {f"{path.relative_to(root / 'seals').with_suffix('').as_posix()}.yaml": path.read_text(encoding="utf-8", errors="replace") for path in sorted((root / "seals").rglob("*.seal"))}
        found = cls(root, files, fingerprints, texts, shared, seals)
        register = root / "seals" / "register.txt"
        found.seal_register = seals_of(register.read_text(encoding="utf-8", errors="replace")) if register.is_file() else {}
        found.problems = problems + found.problems
        return found

    def with_text(self, name: str, text: str) -> SourceSet:
        """The same set with one file's text replaced; only that file is read again."""
        changed = copy(self)
        changed.files = {**self.files, name: text}
        changed.documents = {**self.documents, name: load(name, text)}
        changed.problems = [problem for problem in self.problems if problem.file != name] + changed.documents[name].problems
        changed.found = {}
        return changed

    def hash(self) -> str:
        """SHA-256 over the names and texts of all files: the version of the data."""
        digest = hashlib.sha256()
        shared = {document.name: document.text for document in self.shared.values()}
        for name, text in sorted({**self.files, **shared}.items()):
            digest.update(name.encode() + b"\0" + text.encode() + b"\0")
        return digest.hexdigest()

    def of(self, kind: str) -> Iterator[Document]:
        """The readable documents of one kind: vocabulary, notices, questions or policies."""
        for name, document in self.documents.items():
            if name.startswith(kind + "/") and isinstance(document.data, dict):
                yield document

    def vocabulary(self, name: str) -> Document | None:
        """The document of one part of the vocabulary."""
        document = self.documents.get(f"vocabulary/{name}.yaml") or self.shared.get(f"vocabulary/{name}.yaml")
        return document if document is not None and isinstance(document.data, dict) else None

    def entries(self, name: str) -> dict[str, dict]:
        """The entries of one part of the vocabulary by identifier."""
        if name not in self.found:
            self.found[name] = {entry["id"]: entry for entry in _entries(self.vocabulary(name), name) if "id" in entry}
        return self.found[name]

    def notices(self) -> dict[str, tuple[Document, dict[str, tuple[int, dict]]]]:
        """Each notice by identifier: its document, and its clauses by identifier with their place in the list."""
        if "notices" in self.found:
            return self.found["notices"]
        found = self.found["notices"] = {}
        for document in self.of("notices"):
            identifier = document.data.get("id")  # type: ignore[union-attr]
            if isinstance(identifier, str):
                found.setdefault(identifier, (document, {entry["id"]: (index, entry) for index, entry in enumerate(_entries(document, "clauses")) if isinstance(entry.get("id"), str)}))
        return found

    def questions(self) -> dict[str, tuple[Document, int, dict]]:
        """Each open question by identifier: its document, its place in the list, and the entry."""
        if "questions" in self.found:
            return self.found["questions"]
        found = self.found["questions"] = {}
        for document in self.of("questions"):
            for index, entry in enumerate(_entries(document, "questions")):
                if isinstance(entry.get("id"), str):
                    found.setdefault(entry["id"], (document, index, entry))
        return found

    def policies(self) -> dict[str, Document]:
        """Each policy's document by its identifier (place-year)."""
        return {f"{document.data.get('place')}-{document.data.get('year')}": document for document in self.of("policies")}  # type: ignore[union-attr]


def _entries(document: Document | None, name: str) -> list[dict]:
    """The entries of a list in a document that are mappings; a document without such a list has none."""
    if document is None or not isinstance(document.data, dict):
        return []
    listed = document.data.get(name)
    return [entry if isinstance(entry, dict) else {} for entry in listed] if isinstance(listed, list) else []

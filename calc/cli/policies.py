"""Where the command line finds the compiled policies: an option, the environment, or the data inside the package."""

from __future__ import annotations

import json
import os
import pkgutil
from pathlib import Path

from ..errors import CaseError
from ..policy import PolicySet

VARIABLE = "CANBAO_POLICIES"
NEXT = {
    "zh": f"请在项目文件夹里运行 python -m scripts.compile --also calc/data/policies.json，或用 --policies 文件（或环境变量 {VARIABLE}）指定编译好的政策数据。",
    "en": f"In the project's folder run python -m scripts.compile --also calc/data/policies.json, or name the compiled policies with --policies FILE (or the environment variable {VARIABLE}).",
}


def load(path: str | None = None) -> PolicySet:
    """The compiled policies; raises CaseError with the next step when there are none or the file is not one."""
    named = path or os.environ.get(VARIABLE)
    source = named or "calc/data/policies.json"
    try:
        data = Path(named).read_bytes() if named else pkgutil.get_data("calc", "data/policies.json")
    except OSError as error:
        raise CaseError("policies", f"读不到政策数据 {source}（{error.strerror or error}）。{NEXT['zh']}", f"The policy data {source} cannot be read ({error.strerror or error}). {NEXT['en']}", code="no_policies") from None
    try:
        return PolicySet(json.loads(data or b""))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CaseError("policies", f"{source} 不是编译好的政策数据，或是另一个版本的。{NEXT['zh']}", f"{source} is not a file of compiled policies, or of another version. {NEXT['en']}", code="bad_policies") from None

"""Write the fingerprint of a notice from its full text, so that quotes can be checked where the text is not at hand.

python -m scripts.fingerprint NOTICE.txt ID [--data policy_data]
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from .data import fingerprints

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Writes notices/<id>.fingerprint and prints the two values that the notice's file needs."""
    parser = argparse.ArgumentParser(prog="python -m scripts.fingerprint", description=f"{__doc__.splitlines()[0]} 由通知全文生成指纹。")
    parser.add_argument("text", type=Path, help="full text of the notice (UTF-8) 通知全文")
    parser.add_argument("id", help="identifier of the notice 通知编号")
    parser.add_argument("--data", type=Path, default=ROOT / "policy_data", help="folder of the data 数据文件夹")
    told = parser.parse_args(arguments)
    try:
        text = fingerprints.plain(told.text.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        print(f"读不了 {told.text}：请检查路径，并确认文件是 UTF-8 编码。 Cannot read it; check the path and that it is UTF-8. ({error})", file=sys.stderr)
        return 1
    path = told.data / "notices" / f"{told.id}.fingerprint"
    path.write_text(fingerprints.encode(text), encoding="ascii", newline="\n")
    print(f"text_sha256: {hashlib.sha256(text.encode()).hexdigest()}\ntext_length: {len(text)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

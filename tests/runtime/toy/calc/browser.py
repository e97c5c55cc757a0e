"""One JSON request in, one JSON answer out."""

import json

from . import rules

_policies: dict = {}


def load(text: str) -> None:
    """The compiled policies arrive as text."""
    _policies.update(json.loads(text))


def samples() -> str:
    """One valid request for each method."""
    return json.dumps(
        [
            {"method": "assess", "params": {"age": 70, "on": "2024-12-31"}},
            {"method": "month", "params": {"on": "2024-12-31"}},
        ]
    )


def handle(request_json: str) -> str:
    """Errors are answers too."""
    try:
        request = json.loads(request_json)
        method, params = request["method"], request.get("params", {})
        if method == "assess":
            found = rules.price(_policies, params["age"], params["on"])
            result = {"fen": found.fen, "until": found.until.isoformat(), "zh": "元"}
        elif method == "month":
            result = {"name": rules.month_name(params["on"])}
        elif method == "left_out":
            import importlib

            result = {"name": importlib.import_module(params["name"]).__name__}
        elif method == "sleep":
            import time

            # Busy, as a long calculation is: where the browser can switch stacks, time.sleep would hand Python's lock back meanwhile.
            end = time.monotonic() + params["seconds"]
            while time.monotonic() < end:
                pass
            result = {"slept": params["seconds"]}
        elif method == "crash":
            raise RuntimeError("the toy broke")
        else:
            return json.dumps({"error": {"code": "unknown-method", "zh": "没有这个功能", "en": "no such method"}})
    except (ValueError, KeyError) as error:
        return json.dumps({"error": {"code": "bad-request", "zh": "请求有误", "en": f"bad request: {error}"}})
    return json.dumps({"result": result}, ensure_ascii=False)

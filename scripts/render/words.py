"""Figures in words: 400元, 2025年1月1日, 90天; what is not known is said so, in a table as in a sentence."""

from __future__ import annotations

from calc.money import NOT_TOLD

from .site import day, yuan

STATUS = {
    "before_window": ("还没开始", "not open yet"), "open": ("集中缴费期内", "window open"), "late": ("补缴", "late payment"), "full_cost": ("全额缴费", "full cost"),
    "closed": ("不办理", "no payment"), "not_eligible": ("不能参加", "not eligible"), "not_specified": ("通知没有写能不能交", "not stated whether one can still pay"),
}
# The state of an add-on under a reading by which it cannot be bought so: there is no price to set beside the stated one.
REFUSED = "refused"
# The state of a first or last covered day where cover would begin only after its last day.
EMPTY = "empty"
# What stands before and after a figure inside a sentence, and what leads to it where it is not known.
AROUND = {
    "coverage_start": {"zh": ("从", "起报销", "从哪天起报销，"), "en": ("covered from ", "", "from when one is covered: ")},
    "coverage_end": {"zh": ("报销到", "", "报销到哪天，"), "en": ("covered until ", "", "until when one is covered: ")},
    "wait": {"zh": ("要等", "", "要不要等，"), "en": ("a wait of ", "", "whether there is a wait: ")},
    "period_last": {"zh": ("集中缴费到", "", "集中缴费到哪天，"), "en": ("window until ", "", "last day of the window: ")},
    "pays": {"zh": ("交", "", "交多少，"), "en": ("pays ", "", "what is paid: ")},
    "standard": {"zh": ("标准", "", "标准多少，"), "en": ("price ", "", "the price: ")},
    "subsidy": {"zh": ("资助", "", "资助多少，"), "en": ("assistance ", "", "assistance: ")},
}


def around(name: str, value: object, at_least: int, lang: str) -> tuple[str, str]:
    """What stands before and after a figure in a sentence: 从…起报销; 要等…; 从哪天起报销，通知没有写."""
    before, after, unknown = AROUND["pays" if name.endswith("_pays") else name][lang]
    if value is None and not at_least:
        return unknown, ""
    return ("", "") if name == "wait" and not any(value) else (before, after)  # type: ignore[call-overload]


def unit_of(name: str) -> str:
    """The unit of a figure by its name."""
    if name == "share":
        return "percent"
    if name.endswith(("standard", "subsidy", "pays", "paid_back", "amount")) or "surcharge_" in name:
        return "fen"
    if name in ("coverage_start", "coverage_end", "period_first", "period_last"):
        return "date"
    return {"status": "status", "incentive": "flag", "wait": "wait", "waiting_days": "days", "waiting_months": "months"}[name]


def text_of(name: str, value: object, state: str, lang: str, at_least: int = 0) -> str:
    """A figure in words: 400元, 2025年1月1日, 90天; what is not known is said so and never shown as nothing."""
    zh, unit = lang == "zh", unit_of(name)
    if state == REFUSED:
        if value == 1:
            return "能不能单买，通知没有写清" if zh else "whether it can be bought alone is not clear"
        return "能不能这样买，通知没有写清" if zh else "whether they can be bought so is not clear"
    if state == EMPTY:
        return "那时报销期已过，报销不上" if zh else "no cover left"
    if value is None:
        if state == NOT_TOLD:
            return "看情况" if zh else "it depends"
        if at_least and unit == "fen":
            return f"至少{yuan(at_least, lang)}" if zh else f"at least {yuan(at_least, lang)}"
        return "通知没有写" if zh else "not stated"
    if unit == "fen":
        return yuan(value, lang)  # type: ignore[arg-type]
    if unit == "date":
        return day(value, lang)  # type: ignore[arg-type]
    if unit == "percent":
        return f"{value:g}%"
    if unit == "status":
        return STATUS[str(value)][0 if zh else 1]
    if unit == "flag":
        return ("有" if value else "没有") if zh else ("yes" if value else "no")
    return wait_text(value if unit == "wait" else (value, None) if unit == "days" else (None, value), zh)  # type: ignore[arg-type]


def wait_text(wait: tuple[int | None, int | None], zh: bool) -> str:
    """A waiting period in days, months or both as the notice counts it."""
    days, months = wait
    if not days and not months:
        return "不用等" if zh else "no wait"
    parts = []
    if days:
        parts.append(f"{days}天" if zh else f"{days} days")
    if months:
        parts.append(f"{months}个月" if zh else f"{months} month{'' if months == 1 else 's'}")
    return ("（也写作".join(parts) + "）" if zh else " (also given as ".join(parts) + ")") if len(parts) == 2 else parts[0]


__all__ = ["EMPTY", "REFUSED", "STATUS", "around", "text_of", "unit_of", "wait_text"]

"""An explanation as text for a terminal: the answer first, then how it was found."""

from __future__ import annotations

LABELS = {
    "zh": {"place": "{place} {year}年度", "figures": "结果", "payers": "谁出钱", "steps": "怎么算的", "assumptions": "按下面的情况推定", "alternatives": "其他可能", "not_stated": "通知没有写的",
           "why_not": "为什么没有", "warnings": "提醒", "next_steps": "下一步", "clause": "依据", "question": "有疑问", "figure": "{label}：{text}（{state}）", "known": "{label}：{text}", "quote": "{ref} {label} “{quote}”"},
    "en": {"place": "{place}, {year}", "figures": "Result", "payers": "Who pays", "steps": "How it was found", "assumptions": "Taken for granted", "alternatives": "What else could be", "not_stated": "Not stated in the notice",
           "why_not": "Why not", "warnings": "Please note", "next_steps": "Next steps", "clause": "clause", "question": "open", "figure": "{label}: {text} ({state})", "known": "{label}: {text}", "quote": "{ref} {label} “{quote}” {en}"},
}


def assessment_text(explained: dict) -> str:
    """The explanation of one assessment as lines of text."""
    lang = explained["lang"]
    labels = LABELS[lang]
    lines = [labels["place"].format(place=explained["place"].get(lang, explained["policy"]), year=explained["year"]), explained["headline"]]
    lines += [f"  {sentence}" for sentence in explained["summary"]]
    figures = []
    for figure in explained["figures"].values():
        form = labels["known"] if figure["state"] == "known" or figure["value"] is None else labels["figure"]
        figures.append(form.format(label=figure["label"], text=figure["text"], state=figure["state_text"]))
    lines += section(labels["figures"], figures)
    lines += section(labels["payers"], [payer["text"] for payer in [*explained["payers"], *explained.get("beside", [])]])
    lines += section(labels["warnings"], [entry["text"] for entry in explained["warnings"]])
    lines += ["", labels["steps"]]
    quoted: set[str] = set()
    shown = [step for step in explained["steps"] if step["kind"] != "warning"]  # warnings stand above
    for number, step in enumerate(shown, 1):
        lines += step_lines(step, labels, f"{number}", "  ", quoted)
    for name in ("assumptions", "alternatives", "why_not", "next_steps"):
        lines += section(labels[name], [entry["text"] for entry in explained[name]])
    lines += section(labels["not_stated"], explained["not_stated"])
    return "\n".join(lines)


def section(title: str, texts: list[str]) -> list[str]:
    """A titled list; nothing at all when it is empty."""
    return ["", title, *(f"  - {text}" for text in texts)] if texts else []


def step_lines(step: dict, labels: dict, number: str, indent: str, quoted: set[str]) -> list[str]:
    """A step with its clauses and its open questions, then the steps it was made from; each clause is quoted once, then named."""
    lines = [f"{indent}{number}. {step['text']}"]
    inner = {citation["ref"] for child in step["steps"] for citation in child["clauses"]}
    named = []
    for citation in step["clauses"]:
        reference = citation["ref"]
        if reference in quoted:
            named.append(f"{reference} {citation['label']}")
        elif reference not in inner:  # a clause of an inner step is quoted there
            quoted.add(reference)
            lines.append(f"{indent}   [{labels['clause']}] " + labels["quote"].format(**citation).strip())
    if named and not inner:
        lines.append(f"{indent}   [{labels['clause']}] " + "; ".join(named))
    lines += [f"{indent}   [{labels['question']} {question['id']}] {question['tell']}" for question in step["questions"]]
    for place, child in enumerate(step["steps"], 1):
        lines += step_lines(child, labels, f"{number}.{place}", indent + "  ", quoted)
    return lines

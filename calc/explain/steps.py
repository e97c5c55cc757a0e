"""Every step of an assessment as a sentence with its figure, its clauses and what is open about it."""

from __future__ import annotations

from ..case import ANCHORS
from ..money import share_text
from . import cover, summary
from .payers import charged, parts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..assessment import Step
    from .view import View


def steps(view: View) -> list[dict]:
    """The steps in the order in which the answer was found; the sum stands after the premiums and voluntary insurances."""
    found = [_entry(view, step, None) for step in view.tree.children]
    place = max(number for number, step in enumerate(view.tree.children) if step.kind in ("premium", "add_ons")) + 1
    found.insert(place, {**_entry(view, view.tree, None), "steps": []})
    return found


def _entry(view: View, step: Step, parent: Step | None) -> dict:
    # The sentence of the wait says whether there is one; below it stands what it is counted in, and nothing of what it is not.
    return {
        "kind": step.kind, "text": sentence(view, step, parent), "figure": view.read(step) if step.unit != "code" else None, "state": step.state,
        "clauses": view.citations(step.clauses), "questions": view.questions(step.questions), "facts": view.facts(step.facts),
        "steps": [_entry(view, child, step) for child in _shown(step)],
    }


def _shown(step: Step) -> list[Step]:
    """The steps worth showing below one: no wait that is not counted, and no row that fails for groups which another row assists."""
    if step.kind == "waiting":
        return [child for child in step.children if child.value]
    helped = {group for child in step.children if child.value and not child.data.get("fails") for group in child.data.get("groups", ())} if step.kind == "assistance" else set()
    return [child for child in step.children if not (child.data.get("fails") and child.data.get("groups") and helped.issuperset(child.data["groups"]))]


def sentence(view: View, step: Step, parent: Step | None = None) -> str:
    """The sentence of one step; `parent` is the step it belongs to."""
    return _SENTENCES[step.kind](view, step, parent)


def _note(view: View, step: Step) -> str:
    note = step.data.get("note")
    return view.words.of(note) if note else ""


def _total(view: View, step: Step, parent: Step | None) -> str:
    if step.value is None:
        return view.words("step.total.unknown", text=view.text(step))
    parts = [view.words.part("part", name=name, amount=view.words.money(fen)) for name, fen in summary.total_parts(view)]
    if len(parts) > 1:
        return view.words("step.total", parts=view.words.parts(parts), amount=view.text(step))
    return view.words("step.total.single", amount=view.text(step))


def _period(view: View, step: Step, parent: Step | None) -> str:
    words, day = view.words, view.words.day(view.case.pay_date)
    if step.value is None:
        return words("step.period.not_told", facts=view.fact_labels(step.facts))
    if view.period is None:
        return words.run([words("step.period.none", day=day), summary.status_text(view)])
    first, last = step.data.get("first"), step.data.get("last")
    name = "span.unstated" if last and step.data.get("first_not_stated") else "span.open" if first and step.data.get("last_not_stated") else "span.both" if first and last else "span.to" if last else "span.from" if first else "span.none"
    edges = {edge: words.day(value) for edge, value in (("first", first), ("last", last)) if value}
    span = words.part(name, **({key: edges[key] for key in edges if key == "last"} if name == "span.unstated" else edges))
    # The period is that of the application, the registration or the arrival of the money where the notice counts that day.
    event = ANCHORS.get(step.data.get("by"))
    told = view.case.facts.get(event) if event else None
    if told is not None and told != view.case.pay_date:
        day = words.part("step.period.event", label=words.inner(view.fact_label(event)), day=words.day(told))  # type: ignore[arg-type]
    text = words("step.period", day=day, period=view.period_name(step.data["period"]), span=span, status=summary.status_text(view))
    note = view.period.data.get("note")
    return words.run([text, words.of(note) if note else ""])


def _premium(view: View, step: Step, parent: Step | None) -> str:
    words, parts, name = view.words, parts_of(step), view.premium_name(step.data["id"])
    if step.value is None:
        return words("step.premium.unknown", premium=words.inner(name), text=view.text(step))
    price = parts["price"].value
    if price is None or price == step.value:
        return words("step.premium.plain", premium=name, pays=view.text(step))
    return words("step.premium", premium=name, standard=words.money(price), subsidy=words.money(price - step.value), pays=view.text(step))  # type: ignore[arg-type, operator]


def _contribution(view: View, step: Step, parent: Step | None) -> str:
    words, form = view.words, step.data.get("form")
    if step.value is None:
        text = words("step.contribution.unknown", text=view.text(step))
    elif form == "exempt":
        text = words("step.contribution.exempt")
    elif form == "monthly":
        text = words("step.contribution.monthly", monthly=words.part("money", yuan=step.data["monthly"]), amount=view.text(step))
    elif form == "pro_rata":
        text = words("step.contribution.pro_rata", amount=view.text(step))
    elif form == "percent":
        text = words("step.contribution.percent", percent=share_text(step.data["percent"]), amount=view.text(step))
    else:
        text = words("step.contribution", amount=view.text(step))
    return words.run([text, _note(view, step)])


def _fiscal(view: View, step: Step, parent: Step | None) -> str:
    name = "step.fiscal_subsidy"
    asked = parent is not None and charged(parts_of(parent))
    # Beside another premium the subsidy would read as that of all.
    several = parent is not None and len(view.premiums) > 1
    of = view.words.part("of_premium", premium=view.words.inner(view.premium_name(parent.data["id"]))) if several else ""  # type: ignore[union-attr]
    if step.value is None:
        text = view.words(name + (".charged_unknown" if asked else ".unknown"), text=view.text(step), of=of)
    else:
        text = view.words(name + (".charged" if asked else ""), amount=view.text(step), of=of)
    return view.words.run([text, _note(view, step)])


SHUT = ("closed", "not_eligible")


def _price(view: View, step: Step, parent: Step | None) -> str:
    words, full = view.words, step.data.get("form") == "sum"
    contribution = parts_of(parent)["contribution"] if parent is not None else None
    if step.data.get("form") in SHUT:
        return words("step.price.shut")
    if step.value is None:
        text = words("step.price.full_cost_unknown" if full else "step.price.unknown", text=view.text(step))
    elif full:
        text = words("step.price.full_cost", amount=view.text(step))
    else:
        same = contribution is not None and contribution.value == step.value
        text = words("step.price.same" if same else "step.price", amount=view.text(step))
    return words.run([text, _note(view, step) if contribution is None or step.data != contribution.data else ""])


def _assistance(view: View, step: Step, parent: Step | None) -> str:
    words, form = view.words, step.data.get("form")
    if form == "no_group":
        return words("step.assistance.no_group" if step.data.get("told") else "step.assistance.no_group_told")
    if form == "limit":
        text = words("step.assistance.barred") if step.value == 0 else words("step.assistance.limit", text=view.text(step))
        return words.run([text, _note(view, step)])
    if step.value is None:
        return words("step.assistance.unknown", text=view.text(step))
    if not step.value:
        return words("step.assistance.nothing")
    if step.data.get("combined"):
        return words("step.assistance." + (step.data.get("rule") or "highest"), amount=view.text(step))
    funds = step.data.get("funds") or ["not-stated"]
    if funds == ["not-stated"]:
        return words("step.assistance.from_notice", amount=view.text(step))
    return words("step.assistance", amount=view.text(step), funds=words.inner(words.both([view.fund_name(fund) for fund in funds])))


def _row(view: View, step: Step, parent: Step | None) -> str:
    words, data, group = view.words, step.data, view.row_name(step.data)
    form = data.get("form")
    if data.get("fails"):
        return words("step.assistance_row.fails", group=group)
    if step.value is None:
        return words("step.assistance_row.unknown", group=group, text=view.text(step))
    if not step.value:
        return words("step.assistance_row.not_named" if form == "not_named" else "step.assistance_row.none", group=group)
    if data.get("supplement"):
        return words("step.assistance_row.supplement", group=group, amount=view.text(step))
    if form == "percent":
        return words("step.assistance_row.percent", group=group, percent=share_text(data["percent"]), amount=view.text(step))
    return words("step.assistance_row.full" if form == "full" else "step.assistance_row", group=group, amount=view.text(step))


def _amount_or_unknown(name: str) -> Callable[[View, Step, Step | None], str]:
    def text(view: View, step: Step, parent: Step | None) -> str:
        if step.value is None:
            return view.words(f"step.{name}.unknown", text=view.text(step))
        return view.words(f"step.{name}", amount=view.text(step))
    return text


def _surcharge(view: View, step: Step, parent: Step | None) -> str:
    return view.words.run([_amount_or_unknown("surcharge")(view, step, parent), _note(view, step)])


def _add_ons(view: View, step: Step, parent: Step | None) -> str:
    if not step.children:
        return view.words("step.add_ons.nothing")
    return _amount_or_unknown("add_ons")(view, step, parent)


def _add_on(view: View, step: Step, parent: Step | None) -> str:
    words, data, name = view.words, step.data, view.add_on_name(step.data["id"])
    if data.get("not_eligible"):
        return words("step.add_on.not_eligible", name=name)
    if data.get("refused"):
        kind, others = ("rivals", data["rivals"]) if data.get("rivals") else ("needs", data["needs"])
        listed = [view.add_on_name(other) for other in others]
        return words("step.add_on." + kind, name=name, names=words.both(listed) if kind == "rivals" else words.either(listed))
    if step.value is None:
        return words("step.add_on.unknown", name=name, text=view.text(step))
    return words("step.add_on", name=name, amount=view.text(step)) if step.value else words("step.add_on.covered", name=name)


def _coverage(view: View, step: Step, parent: Step | None) -> str:
    return view.words("step.coverage", text=cover.coverage_text(view))


def _waiting(view: View, step: Step, parent: Step | None) -> str:
    return view.words("step.waiting", text=cover.waiting_text(view))


def _value(view: View, step: Step, parent: Step | None) -> str:
    return view.words("step." + step.kind, value=view.text(step))


def _waiting_months(view: View, step: Step, parent: Step | None) -> str:
    words, data = view.words, step.data
    if step.value is not None and data.get("form") == "missed_years" and data["missed_years"]:
        parts = {"fixed": words.count(data["fixed"], "months"), "missed": words.count(data["missed_years"], "years"), "added": words.count(data["added"], "months"), "value": view.text(step)}
        if data["repaired"]:
            return words("step.waiting_months.repaired", **parts, repaired=words.count(data["repaired"], "months"))
        return words("step.waiting_months.missed_years", **parts)
    return _value(view, step, parent)


def _incentive(view: View, step: Step, parent: Step | None) -> str:
    text = step.data.get("text")
    if step.value is None or not text:
        return view.words("step.incentive.unknown", text=view.text(step))
    return view.words("step.incentive", text=view.words.of(text))


def _warning(view: View, step: Step, parent: Step | None) -> str:
    return view.words("step.warning", text=view.words.of(step.data["text"]))


def _groups(view: View, step: Step, parent: Step | None) -> str:
    return view.words("step.groups", groups=view.group_names(step.data["groups"]))


_SENTENCES: dict[str, Callable[[View, Step, Step | None], str]] = {
    "total": _total, "period": _period, "premium": _premium, "contribution": _contribution, "fiscal_subsidy": _fiscal, "price": _price,
    "assistance": _assistance, "assistance_row": _row, "surcharge": _surcharge, "paid_back": lambda view, step, parent: summary.given_back(view, step), "pays": _amount_or_unknown("pays"), "add_ons": _add_ons, "add_on": _add_on,
    "coverage": _coverage, "coverage_start": _value, "coverage_end": _value, "waiting": _waiting, "waiting_days": _value,
    "waiting_months": _waiting_months, "incentive": _incentive, "incentive_amount": _amount_or_unknown("incentive_amount"), "warning": _warning, "groups": _groups,
}

__all__ = ["sentence", "steps"]

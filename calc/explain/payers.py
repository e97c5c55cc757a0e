"""Who pays each part of the price: the person, and each fund that assists; the parts add up to the price."""

from __future__ import annotations

from .season import early

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..assessment import Step
    from .view import View


def parts_of(step: Step) -> dict[str, Step]:
    """The steps of a premium by their kind."""
    return {child.kind: child for child in step.children}


def premium_steps(view: View) -> list[Step]:
    """The steps of all premiums, in their order."""
    return [step for step in view.tree.children if step.kind == "premium"]


def payers(view: View) -> list[dict]:
    """The payers of each premium and voluntary insurance; none at all where a premium's split is not determined, as the rest would look like the whole.

    The fiscal subsidy is not among them: it is no part of the price that the person is asked for (see `beside`).
    """
    if early(view):
        return []
    found = []
    for step in premium_steps(view):
        parts = parts_of(step)
        price, pays = parts["price"].value, step.value
        if price is None or pays is None:
            return []
        found.append(_individual(view, step.data["id"], pays))  # type: ignore[arg-type]
        found += [_fund(view, step.data["id"], *share) for share in shares(parts["assistance"], price - pays)]  # type: ignore[operator]
    for step in view.tree.children:
        if step.kind == "add_ons":
            found += [_individual(view, child.data["id"], child.value) for child in step.children if child.value is not None]  # type: ignore[arg-type]
    return found


def _individual(view: View, premium: str, fen: int) -> dict:
    text = view.words("payer.you", amount=view.words.money(fen)) if fen else view.words("payer.free")
    return {"who": "individual", "label": view.words.part("payer.individual"), "premium": premium, "fen": fen, "text": _of(view, premium, text)}


def _of(view: View, premium: str, text: str) -> str:
    """The sentence with what it is of, where several things are paid for."""
    name = view.add_on_name(premium) if premium in view.policy.add_ons else view.premium_name(premium)
    several = len(view.premiums) > 1 or bool(view.case.add_ons)
    return view.words("payer.beside.of", premium=name, text=view.words.inner(text)) if several else text


def _fund(view: View, premium: str, funds: list, fen: int) -> dict:
    label = view.words.either([view.fund_name(fund) for fund in funds])
    return {"who": funds[0] or "not-stated", "label": label, "premium": premium, "fen": fen,
            "text": _of(view, premium, view.words("payer.unstated", amount=view.words.money(fen)) if set(funds) <= {None, "not-stated"} else view.words("payer.text", who=label, amount=view.words.money(fen)))}


def shares(assistance: Step, left: int) -> list[tuple[list, int]]:
    """Which funds pay how much of what the person does not: the winning row's, by its parts where it has several."""
    if left <= 0:
        return []
    paying = [row for row in assistance.children if row.data.get("applies") is not False and row.value]
    rows = [row for row in paying if not row.data.get("supplement")]
    rule = assistance.data.get("rule") or "highest"
    if not paying:
        return [(["not-stated"], left)]
    if not rows:
        wanted: list[tuple[list, int]] = []
    elif rule == "sum":
        wanted = [share for row in rows for share in _row_shares(row)]
    elif rule == "highest_per_fund":
        most: dict[tuple, int] = {}
        for funds, fen in (share for row in rows for share in _row_shares(row)):
            most[tuple(funds)] = max(fen, most.get(tuple(funds), 0))
        wanted = [(list(funds), fen) for funds, fen in most.items()]
    else:
        best = (min if rule == "lowest" else max)(row.value for row in rows)  # type: ignore[type-var]
        winners = [row for row in rows if row.value == best]
        wanted = _row_shares(winners[0])
        if len(wanted) == 1:
            # Rows of the same amount from different funds: the notice does not say which of them pays.
            wanted = [(list(dict.fromkeys(row.data.get("fund") for row in winners)), best)]
    wanted = wanted + [share for row in paying if row.data.get("supplement") for share in _row_shares(row)]
    found = []
    for funds, fen in wanted:
        taken = min(fen, left)
        left -= taken
        if taken:
            found.append((funds, taken))
    if left:
        found.append((["not-stated"], left))
    return found


def _row_shares(row: Step) -> list[tuple[list, int]]:
    parts = row.data.get("parts")
    if parts and all(part["fen"] is not None for part in parts):
        return [([part["fund"]], part["fen"]) for part in parts]
    return [([row.data.get("fund")], row.value)]  # type: ignore[list-item]


def beside(view: View) -> list[dict]:
    """What the government adds beside the price without charging the person, where the notice gives the amount.

    Of several premiums each amount names its own, and says for which others the notice gives none.
    """
    found, steps = [], [] if early(view) else premium_steps(view)
    silent = [view.words.inner(view.premium_name(step.data["id"])) for step in steps if not charged(parts := parts_of(step)) and ("fiscal_subsidy" not in parts or parts["fiscal_subsidy"].value is None)]
    for step in steps:
        parts = parts_of(step)
        fiscal = parts.get("fiscal_subsidy")
        if fiscal is None or fiscal.value is None or charged(parts):
            continue
        label, note = view.fund_name("fiscal"), fiscal.data.get("note")
        text = view.words("payer.beside", who=label, amount=view.words.money(fiscal.value))  # type: ignore[arg-type]
        if len(steps) > 1:
            text = view.words("payer.beside.of", premium=view.premium_name(step.data["id"]), text=view.words.inner(text))
        if silent:
            text = view.words("payer.beside.silent", text=text, premiums=view.words.both(silent))
        if note:
            text = view.words("payer.beside.noted", text=text, note=view.words.of(note).rstrip("。."))
        found.append({"who": "fiscal", "label": label, "premium": step.data["id"], "fen": fiscal.value, "text": text})
    return found


def charged(parts: dict[str, Step]) -> bool:
    """Whether the price of a premium includes the fiscal part (full cost)."""
    return parts["price"].data.get("form") == "sum"

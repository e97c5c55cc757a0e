"""Explain an assessment in one language: the sentence first, then who pays, every step with its clauses, and what could be otherwise.

Plain data of one shape for the command line, the pages and the browser. Every amount, date and citation is read off the
assessment's tree, so that both languages say the same figures by construction.
"""

from __future__ import annotations

from . import actions, due, first, payers, reasons, season, steps, summary
from .view import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..policy import PolicySet


def explain(policies: PolicySet, assessment: Assessment, lang: str = "zh") -> dict:
    """The explanation of an assessment as plain data, in Chinese ("zh") or English ("en")."""
    view = View(policies, assessment, lang)
    place = policies.vocabulary.places.get(view.policy.place, {})
    last = due.pay_by(view)
    return {
        "lang": lang, "policy": view.policy.id, "place": place.get("name", {}), "year": view.policy.year,
        "headline": first.headline(view, last),
        "summary": summary.sentences(view, None if first.names_the_last_day(view, last) else last, first.with_a_status(view)),
        "status": summary.status(view),
        "figures": {name: view.figure(name) for name in view.steps},
        "payers": payers.payers(view), "beside": payers.beside(view),
        "steps": steps.steps(view),
        "assumptions": reasons.assumptions(view),
        "alternatives": reasons.alternatives(view),
        "not_stated": reasons.not_stated(view),
        "why_not": reasons.why_not(view),
        "warnings": actions.warnings(view),
        "next_steps": actions.next_steps(view),
        "pay_by": last,
        "least": summary.least(view),
        "held": season.held(view),
    }


__all__ = ["explain"]

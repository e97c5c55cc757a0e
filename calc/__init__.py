"""The calculator for China's resident basic medical insurance: what one pays, who pays the rest, until when, and from when one is covered.

Public: `PolicySet` (the compiled policies), `Case.parse` (the facts of one person), `assess` and `questions`.
Pure Python, standard library only; the same code runs on a server, in tests and in the browser.
"""

from .assessment import Assessment, Step
from .case import Case
from .errors import CaseError, PolicyError
from .policy import Policy, PolicySet
from .readings import assess, questions

__all__ = ["Assessment", "Case", "CaseError", "Policy", "PolicyError", "PolicySet", "Step", "assess", "questions"]
__version__ = "1.1.0"

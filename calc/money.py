"""Money as whole fen; an amount that is not known stays unknown in every sum."""

from __future__ import annotations

KNOWN, ASSUMED, NOT_STATED, NOT_TOLD = "known", "assumed", "not_stated", "not_told"
_RANK = {KNOWN: 0, ASSUMED: 1, NOT_TOLD: 2, NOT_STATED: 3}


class Amount:
    """A sum of money: fen where it is known, else at least so many fen (0 when nothing is certain).

    state: known, assumed (rests on a labelled assumption or an inference), not_told (a fact of the case is missing) or
    not_stated (the notice is silent). fen is None exactly in the last two states.
    """

    __slots__ = ("at_least", "fen", "state")

    def __init__(self, fen: int | None, state: str = KNOWN, at_least: int = 0) -> None:
        self.fen, self.state = fen, state
        self.at_least = at_least if fen is None else fen

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Amount) and (self.fen, self.state, self.at_least) == (other.fen, other.state, other.at_least)

    def __repr__(self) -> str:
        return f"Amount({self.fen}, {self.state!r}, at_least={self.at_least})"


def worst(*states: str) -> str:
    """The least certain of several states."""
    found = KNOWN
    for state in states:
        if state != KNOWN and _RANK[state] > _RANK[found]:
            found = state
    return found


def total(amounts: list[Amount]) -> Amount:
    """The sum; unknown as soon as one part is, with what is certain as its floor.

    >>> total([Amount(38000), Amount(None, "not_stated", 100)])
    Amount(None, 'not_stated', at_least=38100)
    """
    floor, state, known = 0, KNOWN, True
    for amount in amounts:
        floor += amount.at_least
        known = known and amount.fen is not None
        if amount.state != state:
            state = worst(state, amount.state)
    return Amount(floor, state) if known else Amount(None, state, floor)


def fen_of(yuan: int | str) -> int:
    """Whole fen of an amount typed in yuan (400, or "12.50" with up to two decimals).

    >>> fen_of("12.5"), fen_of(400)
    (1250, 40000)
    """
    whole, _, part = str(yuan).partition(".")
    if not whole.isdigit() or (part and not part.isdigit()) or len(part) > 2:
        raise ValueError(yuan)
    return int(whole) * 100 + int((part + "00")[:2])


def percent_of(fen: int, percent: int | str) -> int:
    """A share of an amount, as a percentage or a fraction, rounded half up to the fen; the only place where money is rounded.

    >>> percent_of(40000, 60), percent_of(40000, "12.5"), percent_of(40000, "1/3")
    (24000, 5000, 13333)
    """
    part, slash, whole = str(percent).partition("/")
    over, under = (int(part), int(whole)) if slash else (fen_of(percent), 10000)
    return (2 * fen * over + under) // (2 * under)


def share_text(percent: int | str) -> str:
    """A share as people write it: 60%, 12.5%, 1/3."""
    return str(percent) if "/" in str(percent) else f"{percent}%"


def yuan_text(fen: int) -> str:
    """An amount in yuan without needless zeros: 400, 12.5.

    >>> yuan_text(40000), yuan_text(1250)
    ('400', '12.5')
    """
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    whole, part = divmod(fen, 100)
    return sign + (str(whole) if not part else f"{whole}.{part:02d}".rstrip("0"))

"""How one of many prospects stands, in short: what a list says of them, and what puts one before another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The verdict on one prospect of a list, in short."""

    verdict: str
    caution: int
    """Place of the verdict on the scale, 0 for the most willing."""
    why: str
    """One sentence: what decided."""
    citation: str
    """What that rests on: title of the source › heading; empty where nothing is cited."""
    fix: str
    """What to do about it; empty where nothing is to be done."""
    others: tuple[str, ...]
    """The other concerns, in a few words each, the most cautious first."""
    grounds: tuple[str, ...]
    """What speaks for a request, in a few words each, the weightiest first."""
    plain_grounds: int
    """How many of these an article says outright, as against our reading of a vague place."""
    concerns: int
    """How many concerns there are, the deciding one among them."""
    nothing_to_send: bool
    """Whether the platform would take no request, since there is or was one."""
    missing: tuple[str, ...]
    """Questions that nobody answered and that could give a reason to go ahead, those with the most first."""
    missing_places: tuple[str, ...]
    """Where in a prospect file the answers go."""

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        """What puts one before another, compared step by step: who deserves a note comes first.

        The verdict; whether anything can be sent at all; more plain grounds; more other grounds; fewer
        concerns. Nothing is weighed against anything else.
        """
        other_grounds = len(self.grounds) - self.plain_grounds
        return (self.caution, int(self.nothing_to_send), -self.plain_grounds, -other_grounds, self.concerns)

    @property
    def in_words(self) -> str:
        """The same in words: `2 reasons: You know each other; Same school. Missing: What for?`."""
        count = len(self.grounds)
        reasons = f"{count} reason{'s' * (count != 1)}" if count else "No reason"
        said = f"{reasons}{': ' if count else ''}{'; '.join(self.grounds)}."
        if self.nothing_to_send:
            return f"Nothing to send. {said}"
        return f"{said} Missing: {self.missing[0]}" if self.missing else said

"""The justification tree as entries of an outline: rules, clauses with their truth, facts and their origin.

Where less than everything is asked for, only the clauses are shown that give their group its truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.model.justification import Clause, FactSeen, Justification, RuleTrace
from advisor.model.wording import value_in_words
from advisor.report.layout import shortened
from advisor.report.outline import Entry

MARKS = {True: "✓", False: "✗", None: "?"}
STYLES = {True: "green", False: "red", None: "yellow"}
_LONGEST_QUOTE = 60
_MOST_NAMED = 3


class TreeWriter:
    """Writes the rules of one justification; what a conclusion rests on is written out once."""

    def __init__(self, tree: Justification, *, everything: bool = False) -> None:
        self._tree, self._everything = tree, everything
        self._written: set[str] = set()

    def rule(self, trace: RuleTrace, mark: str = "", mark_style: str = "") -> Entry:
        """A finding with everything under it."""
        below = [*self.clauses(trace.when), *self._exceptions(trace), *self._passages(trace.cites)]
        return Entry(f"{trace.title} [{trace.rule}]", mark, mark_style=mark_style, below=tuple(below))

    def clauses(self, clause: Clause) -> Iterator[Entry]:
        """The clauses that give `clause` its truth; a group at the top stands for its parts."""
        if clause.kind == "all" and clause.truth is not False:
            for part in self._telling(clause):
                yield self.clause(part)
        else:
            yield self.clause(clause)

    def clause(self, clause: Clause) -> Entry:
        """One clause with what is under it."""
        mark, style = MARKS[clause.truth], STYLES[clause.truth]
        if clause.parts:
            telling = self._telling(clause)
            if clause.kind != "not" and len(telling) == 1 and not self._everything:
                return self.clause(telling[0])  # it has the truth of its group
            heading = {"all": "all of these:", "any": "any of these:", "not": "it is not so that:"}
            below = tuple(map(self.clause, telling))
            return Entry(heading[clause.kind], mark, mark_style=style, below=below)
        if clause.kind == "rule":
            trace = self._tree.rules.get(clause.name)
            inner = self._once(f"rule:{clause.name}", self._by([trace])) if trace else ()
            return Entry(clause.says, mark, mark_style=style, below=inner)
        fact = self._tree.facts.get(clause.name)
        return Entry(
            f"{clause.says}{_seen(clause, fact)}",
            mark,
            mark_style=style,
            below=self._behind(fact) if fact else (),
        )

    def _telling(self, clause: Clause) -> tuple[Clause, ...]:
        """Parts that give the group its truth: all of them, or those that have it."""
        if self._everything or clause.kind == "not":
            return clause.parts
        alike = tuple(part for part in clause.parts if part.truth is clause.truth)
        return alike or clause.parts

    def _behind(self, fact: FactSeen) -> tuple[Entry, ...]:
        if fact.origin != "concluded":
            return ()
        traces = [self._tree.rules[name] for name in fact.concluded_by if name in self._tree.rules]
        if fact.value is True or self._everything:
            return self._once(fact.name, self._by(traces))
        # What could have concluded it and did not is named, and told in full where everything is.
        most = traces[:_MOST_NAMED]
        named = ", ".join(trace.rule for trace in most)
        more = f" and {len(traces) - len(most)} more" if len(traces) > len(most) else ""
        return (Entry(f"not concluded by {named}{more}", style="dim"),)

    def _once(self, name: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        if name in self._written:
            return (Entry("shown above", style="dim"),)
        self._written.add(name)
        return tuple(entries)

    def _by(self, traces: Iterable[RuleTrace]) -> Iterator[Entry]:
        for trace in traces:
            says = "by" if trace.holds else "not by"
            below = [*self.clauses(trace.when), *self._exceptions(trace)]
            if self._everything:
                below += self._passages(trace.cites)
            yield Entry(f"{says} [{trace.rule}] {trace.title}", style="dim", below=tuple(below))

    def _exceptions(self, trace: RuleTrace) -> Iterator[Entry]:
        for exception in trace.unless:
            if exception.truth is not False or self._everything:
                said = {True: "blocked, because", None: "would fall away if", False: "no exception:"}
                entry = self.clause(exception)
                below = (Entry(entry.text, entry.mark, mark_style=entry.mark_style, below=entry.below),)
                yield Entry(said[exception.truth], below=below, style="dim")

    def _passages(self, cites: Iterable[str]) -> Iterator[Entry]:
        for name in cites:
            citation = self._tree.passages.get(name)
            if citation is None:
                continue
            below = (Entry(citation.point, style="dim"),) if self._everything else ()
            place = f"{citation.source_title} › {citation.heading}"
            yield Entry(place, "§", style="dim", mark_style="dim", below=below)


def _seen(clause: Clause, fact: FactSeen | None) -> str:
    """The value that a clause saw, and where it comes from."""
    if fact is None or fact.origin == "concluded":
        return ""
    if clause.seen is None:
        return " — not told" if fact.told else " — not known"
    value = "" if isinstance(clause.seen, bool) else f" — {value_in_words(clause.seen)}"
    return f"{value}{origin_in_words(fact) if value else f' —{origin_in_words(fact)[1:]}'}"


def origin_in_words(fact: FactSeen) -> str:
    """Where the value of a fact comes from."""
    if fact.origin == "draft":
        quotes = ", ".join(f"“{shortened(span.text, _LONGEST_QUOTE)}”" for span in fact.spans[:3])
        return f", read from the note{f': {quotes}' if quotes else ''}"
    if fact.origin == "computed":
        return f", worked out from {fact.told}" if fact.told else ", worked out from what is told"
    return f", told at {fact.told}" if fact.told else ", told"

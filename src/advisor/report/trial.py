"""What came of trying rules, for a terminal, as data and as test reports."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.trial import DecidingClause, RuleMiss, TrialCoverage, TrialReport, TrialResult
from advisor.report.annotations import Check, command
from advisor.report.layout import Page, Sheet

TRUTHS = {True: "true", False: "false", None: "unknown"}


def as_text(report: TrialReport, page: Page) -> str:
    """Failures with the clauses that made them so, then what was tried and what it covers."""
    sheet = Sheet(page)
    for each in report.results:
        if each.failed:
            _put_failure(sheet, each)
    for each in report.results:
        if each.outcome == "known miss":
            sheet.put(f"{each.id}: {each.known_miss}", mark="known miss  ", mark_style="yellow")
    if report.coverage is not None:
        _put_coverage(sheet, report.coverage)
    sheet.blank()
    sheet.put(summary(report), style="red" if report.count("failed", "no longer missed") else "green")
    return sheet.text()


def summary(report: TrialReport) -> str:
    """How many passed and failed, in one line."""
    failed = report.count("failed", "no longer missed")
    kinds = [each.kind for each in report.results]
    tried = [f"{kinds.count('example')} examples", f"{kinds.count('case')} cases"]
    if spoken := kinds.count("sentence"):
        tried.append(f"{spoken} sentences")
    parts = [f"{report.count('passed')} passed, {failed} failed"]
    if missed := report.count("known miss"):
        parts.append(f"{missed} known misses" if missed > 1 else "1 known miss")
    return f"{', '.join(parts)}: {', '.join(tried)}."


def _put_failure(sheet: Sheet, result: TrialResult) -> None:
    sheet.blank()
    place = f"  {result.file}:{result.line}" if result.line else ""
    sheet.put(f"{result.id}{place}", mark="FAILED  ", mark_style="red")
    for line in failure_lines(result):
        depth = len(line) - len(line.lstrip())
        sheet.put(line.strip(), 2 + depth)


def failure_lines(result: TrialResult) -> Iterator[str]:
    """What went wrong, line by line; what belongs to a line above it stands further right."""
    if result.said:
        yield result.said
    if result.outcome == "no longer missed":
        yield "this is marked as a known miss, and it passes: delete `known_miss`"
    if result.wanted and result.wanted != result.verdict:
        yield f"verdict: expected {result.wanted}, and it is {result.verdict}"
        for miss in result.decided:
            yield f"  decided by {miss.rule}"
            yield from _clause_lines(miss)
    for miss in result.misses:
        said = "holds, and should not" if miss.held else "does not hold, and should"
        said += "" if miss.in_force else ": it is not in force on that day"
        yield f"{miss.rule}: {said}"
        yield from _clause_lines(miss)


def _clause_lines(miss: RuleMiss) -> Iterator[str]:
    for clause in miss.clauses:
        yield f"    {clause.path}: {clause.says} - {_seen(clause)}"


def _seen(clause: DecidingClause) -> str:
    return TRUTHS[clause.truth] if not clause.saw else f"{TRUTHS[clause.truth]}: it is {clause.saw}"


def _put_coverage(sheet: Sheet, coverage: TrialCoverage) -> None:
    unseen = [rule for rule in coverage.rules if rule.seen < rule.total]
    if unseen:
        sheet.heading("Not covered")
    for rule in unseen:
        sheet.put(f"{rule.rule}  {rule.seen} of {rule.total}", 2, style="bold")
        for line in _gaps(rule.held, "it holds"), _gaps(rule.held_not, "it does not hold"):
            if line:
                sheet.put(line, 4)
        for clause in rule.clauses:
            missing = [
                word for word, seen in (("true", clause.seen_true), ("false", clause.seen_false)) if not seen
            ]
            if missing:
                sheet.put(f"{clause.path}: {clause.says} - never {' and never '.join(missing)}", 4)
        for says, seen in rule.exceptions:
            if not seen:
                sheet.put(f"the exception never blocks it alone: {says}", 4)
    gaps = [passage for passage, seen in coverage.passages.items() if not seen]
    for passage in gaps:
        sheet.put(f"no case in which a rule holds that cites {passage}", 2)
    sheet.blank()
    sheet.put(coverage_line(coverage))


def _gaps(seen: bool, what: str) -> str:
    return "" if seen else f"no case in which {what}"


def coverage_line(coverage: TrialCoverage) -> str:
    """The share of what is covered, with its parts."""
    clauses = [clause for rule in coverage.rules for clause in rule.clauses]
    truths = sum(clause.seen_true + clause.seen_false for clause in clauses)
    exceptions = [seen for rule in coverage.rules for _, seen in rule.exceptions]
    outcomes = sum(rule.held + rule.held_not for rule in coverage.rules)
    passages = coverage.passages.values()
    return (
        f"Coverage {coverage.percent:.1f}%: truth values of clauses {truths} of {2 * len(clauses)}, "
        f"exceptions {sum(exceptions)} of {len(exceptions)}, outcomes of rules {outcomes} of "
        f"{2 * len(coverage.rules)}, passages {sum(passages)} of {len(passages)}."
    )


def as_github(report: TrialReport) -> str:
    """One workflow command a failure."""
    return "".join(
        command(
            "error", "\n".join(failure_lines(each)), file=each.file, line=each.line or 1,
            title=f"rule test failed: {each.id}",
        )
        for each in report.results
        if each.failed
    )  # fmt: skip


def as_checks(report: TrialReport) -> list[Check]:
    """The results as the tests of a report."""
    return [
        Check(
            group=each.rule or each.file,
            name=each.name,
            file=each.file,
            line=each.line,
            failure="\n".join(failure_lines(each)) if each.failed else "",
            skipped=f"known miss: {each.known_miss}" if each.outcome == "known miss" else "",
        )
        for each in report.results
    ]

"""What the platform allows hangs on the account: how it is told, and how the notes of a month are counted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.facts.later import MONTH, later
from advisor.model.situation import Me, Prospect, Situation, as_told, asked_on
from advisor.shells.handing import with_tier
from advisor.shells.inputs import nothing_told
from command_line import CommandLine, write
from laws import advisor, share
from strategies import shipped_knowledge, situations

LONG_NOTE = "x" * 201
FILE = f"""\
prospect: Ana Souza
relationship: friend
purpose: {{kind: stay in touch}}
draft: {LONG_NOTE}
me: {{name: Rui Alves}}
as_of: 2026-11-20
"""
COMMANDS = {
    "should-connect": (), "what-if": (), "ask": ("--no-input",), "why-not": ("over-the-free-limit",),
}  # fmt: skip


def account_in(answer: str) -> object:
    """The kind of account in a receipt."""
    return json.loads(answer)["situation"]["me"].get("account")


@pytest.mark.parametrize("tier", ["free", "premium"])
def test_an_option_or_the_environment_names_the_account(cli: CommandLine, tmp_path: Path, tier: str) -> None:
    """Both take the place of what the file says, leave the rest of `me` alone, and are in the receipt."""
    path = write(tmp_path, "a.yaml", FILE.replace("Rui Alves", "Rui Alves, account: basic"))
    by_option = cli("should-connect", path, "--tier", tier, "--format", "json")
    assert by_option.code == 0
    assert json.loads(by_option.out)["situation"]["me"] == {"name": "Rui Alves", "account": tier}
    assert account_in(cli("should-connect", path, "--format", "json").out) == "free"
    cli.set("ADVISOR_TIER", tier)
    assert cli("should-connect", path, "--format", "json").out == by_option.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_about_a_prospect_knows_the_account(
    cli: CommandLine, tmp_path: Path, command: str
) -> None:
    """What is too long for one account is not for the other, whatever is asked."""
    path = write(tmp_path, "a.yaml", FILE)
    *first, last = (*COMMANDS[command], path)
    free, premium = (cli(command, *first, last, "--tier", tier) for tier in ("free", "premium"))
    assert free.code == premium.code == 0
    assert free.out != premium.out
    assert cli(command, *first, last, "--tier", "gold").code == 2


def test_counts_of_a_month_are_known_on_their_own_day_only() -> None:
    """Asked on another day, nobody knows how many notes were added; the kind of account stays."""
    told = Situation(
        prospect=Prospect(name="Ana"), me=Me(account="free", notes_this_month=4), as_of=date(2026, 11, 20)
    )
    assert asked_on(told, told.as_of) == told
    asked = asked_on(told, date(2026, 11, 21)).me
    assert asked == Me(account="free")


@share(100)
@given(st.integers(0, 9), st.integers(0, 2 * MONTH))
def test_waiting_brings_notes_back_only_once_a_month_is_over(notes: int, days: int) -> None:
    """Whichever day the month began on, it is over after 31."""
    told = Situation(prospect=Prospect(name="Ana"), me=Me(notes_this_month=notes), as_of=date(2026, 11, 20))
    waited = later(told, days)
    assert waited.me == Me(notes_this_month=0 if days >= MONTH else notes)
    assert waited.as_of == date(2026, 11, 20) + timedelta(days=days)


@share(100)
@given(situations(), st.sampled_from(["free", "premium"]))
def test_the_account_matters_to_nothing_but_the_note(told: Situation, tier: str) -> None:
    """Without a note, neither the kind of account nor the notes of the month change anything."""
    me = replace(told.me or Me(), account=None, notes_this_month=None)
    bare, limited = (
        replace(told, draft="", me=replace(me, **some))
        for some in ({}, {"account": tier, "notes_this_month": 9})
    )
    assert advisor().brief(bare) == advisor().brief(limited)


@pytest.mark.parametrize("consultation", ["should-accept", "pace", "follow-up"])
def test_an_option_names_the_account_for_files_about_any_subject(consultation: str) -> None:
    """Whatever has a part `me` takes `--tier`, in place of what the file says."""
    subject = shipped_knowledge().consultation(consultation).subject
    told = nothing_told(subject, shipped_knowledge().consultation(consultation).vocabulary)
    for tier in ("free", "premium", None):
        told = with_tier(told, tier)
        assert as_told(told).get("me") == {"account": tier or "premium"}


def test_a_verdict_that_the_rules_do_not_have_is_refused_by_name(cli: CommandLine, tmp_path: Path) -> None:
    """`--fail-on` names what it takes, and nothing is written that a script could take for an answer."""
    for limit in ("connect", "perhaps"):
        told = cli("should-connect", write(tmp_path, "rui.yaml", FILE), "--fail-on", limit)
        assert (told.code, told.out) == (2, "")
        assert f"'{limit}' is not one of revise, wait, avoid." in told.err

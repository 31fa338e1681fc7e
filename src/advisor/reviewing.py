"""A whole network reviewed: every connection of somebody's records, then all of them together.

It puts together what others do: `facts/roster.py` says what the records tell, an `Advisor` decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from advisor.facts.roster import overlaid
from advisor.model.judgement import Judgement
from advisor.model.network import Network
from advisor.model.roster import Member, NetworkReport, OpenInvitation, Reviewed, Roster
from advisor.verdict.judging import judge
from advisor.wiring import Advisor

NETWORK = "network"
"""The consultation that answers."""


def review(
    advisor: Advisor,
    roster: Roster,
    as_of: date,
    *,
    taken_on: date | None = None,
    told: Network | None = None,
    watch: Callable[[int], None] | None = None,
) -> NetworkReport:
    """Judge every member of `roster`, and the network as a whole, on the day `as_of`.

    `told` is what somebody tells of the network besides; `watch` is told of members as they are judged.
    """
    scale = advisor.names_to_ask_about(verdicts=True)
    decider = advisor.decider(as_of)
    people = []
    for member in roster.members:
        people.append(_reviewed(member, judge(decider, advisor.read(member.told, as_of))))
        if watch is not None:
            watch(1)
    people.sort(key=lambda each: (-scale.index(each.judgement.verdict), each.name.casefold(), each.slug))
    found = Counter(each.judgement.verdict for each in people)
    counts = {verdict: found[verdict] for verdict in reversed(scale)}
    own = told or Network()
    if roster.messages:
        # The mildest verdict that asks for anything asks to get in touch; all beyond it, for a look.
        in_touch, look = (sum(found[verdict] for verdict in part) for part in (scale[1:2], scale[2:]))
        own = replace(own, look_over=look, get_in_touch=in_touch)
    return NetworkReport(
        as_of=as_of,
        taken_on=taken_on,
        counts=counts,
        hidden=roster.hidden,
        unclear=roster.unclear,
        messages=roster.messages,
        whole=advisor.advise(overlaid(roster.whole, own), as_of),
        people=tuple(people),
        open_invitations=tuple(
            OpenInvitation(
                name=each.name or each.slug,
                slug=each.slug,
                sent_on=each.on,
                days=None if each.on is None else (as_of - each.on).days,
            )
            for each in roster.pending
        ),
    )


def _reviewed(member: Member, judgement: Judgement) -> Reviewed:
    person, connection = member.connected, member.told.connection
    contact = connection.contact if connection else None
    last = contact.last_message if contact else None
    return Reviewed(
        name=person.name or person.slug,
        slug=person.slug,
        company=person.company,
        position=person.position,
        connected_on=person.on,
        messages=contact.messages if contact else None,
        last_message=last if isinstance(last, date) else None,
        judgement=judgement,
    )

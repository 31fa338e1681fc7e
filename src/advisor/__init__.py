"""A rule-based expert system about the etiquette of LinkedIn connection requests.

    >>> from advisor import Advisor, History, Prospect, Sending, Situation
    >>> Advisor().brief(Situation(prospect=Prospect(name="Ana Souza"))).verdict
    'avoid'
    >>> Advisor(consultation="pace").brief(History(sending=Sending(last_7_days=40))).verdict
    'ok'

There is a class for whatever a consultation is asked about: `Situation` (should-connect), `Invitation`
(should-accept), `History` (pace), `Event` (follow-up), `NetworkReview` (network) and `Goals` (goals).
Whole lists are quick with `Advisor.brief` or `Advisor.standing`, and `advisor.records` reads exports.

Names are loaded when they are first asked for, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisor.errors import AdvisorError, Complaint, EngineError, InputError, RuleError, UnknownName
    from advisor.model.coming_week import ComingWeek
    from advisor.model.event import Event, Request
    from advisor.model.goals import Goal, Goals, Period
    from advisor.model.history import Engagement, History, SendingPlan, Trend
    from advisor.model.interview import Agenda
    from advisor.model.invitation import Invitation, Wants, Wishes
    from advisor.model.justification import Justification, WhyNot
    from advisor.model.knowledge_base import KnowledgeBase
    from advisor.model.network import Connection, Contact, Network, NetworkReview
    from advisor.model.reading import Reading
    from advisor.model.receipt import Receipt, Replay
    from advisor.model.records import Records
    from advisor.model.roster import NetworkReport
    from advisor.model.sending import Sending
    from advisor.model.situation import (
        Batch,
        Encounter,
        Me,
        MutualConnection,
        MutualConnections,
        Profile,
        Prospect,
        Purpose,
        Relationship,
        Shared,
        Situation,
    )
    from advisor.model.standing import Standing
    from advisor.model.subject import Told
    from advisor.model.verdict import Brief, Finding, Verdict
    from advisor.model.what_if import WhatIf
    from advisor.pacing import plan_for
    from advisor.reviewing import review
    from advisor.wiring import Advisor, advise, load_knowledge_base

__version__ = "0.1.0"

_HOMES = {
    "advisor.errors": (
        "AdvisorError", "Complaint", "EngineError", "InputError", "RuleError", "UnknownName",
    ),
    "advisor.model.coming_week": ("ComingWeek",),
    "advisor.model.event": ("Event", "Request"),
    "advisor.model.goals": ("Goal", "Goals", "Period"),
    "advisor.model.history": ("Engagement", "History", "SendingPlan", "Trend"),
    "advisor.model.interview": ("Agenda",),
    "advisor.model.invitation": ("Invitation", "Wants", "Wishes"),
    "advisor.model.justification": ("Justification", "WhyNot"),
    "advisor.model.knowledge_base": ("KnowledgeBase",),
    "advisor.model.network": ("Connection", "Contact", "Network", "NetworkReview"),
    "advisor.model.reading": ("Reading",),
    "advisor.model.receipt": ("Receipt", "Replay"),
    "advisor.model.records": ("Records",),
    "advisor.model.roster": ("NetworkReport",),
    "advisor.model.sending": ("Sending",),
    "advisor.model.situation": (
        "Batch", "Encounter", "Me", "MutualConnection", "MutualConnections", "Profile", "Prospect", "Purpose",
        "Relationship", "Shared", "Situation",
    ),
    "advisor.model.standing": ("Standing",),
    "advisor.model.subject": ("Told",),
    "advisor.model.verdict": ("Brief", "Finding", "Verdict"),
    "advisor.model.what_if": ("WhatIf",),
    "advisor.pacing": ("plan_for",),
    "advisor.reviewing": ("review",),
    "advisor.wiring": ("Advisor", "advise", "load_knowledge_base"),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Advisor", "AdvisorError", "Agenda", "Batch", "Brief", "ComingWeek", "Complaint", "Connection",
    "Contact", "Encounter", "Engagement", "EngineError", "Event", "Finding", "Goal", "Goals", "History",
    "InputError", "Invitation", "Justification", "KnowledgeBase", "Me", "MutualConnection",
    "MutualConnections", "Network", "NetworkReport", "NetworkReview", "Period", "Profile", "Prospect",
    "Purpose", "Reading", "Receipt", "Records", "Relationship", "Replay", "Request", "RuleError",
    "Sending", "SendingPlan", "Shared", "Situation", "Standing", "Told", "Trend", "UnknownName",
    "Verdict", "Wants", "WhatIf", "WhyNot", "Wishes", "__version__", "advise", "load_knowledge_base",
    "plan_for", "review",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

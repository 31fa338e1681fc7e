"""A rule-based expert system about the etiquette of LinkedIn connection requests.

    from advisor import Advisor, Prospect, Situation
    verdict = Advisor().advise(Situation(prospect=Prospect(name="Ana Souza")))

    from advisor import History, Sending
    verdict = Advisor(consultation="pace").advise(History(sending=Sending(last_7_days=40)))

Names are loaded when they are first asked for, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisor.errors import AdvisorError, Complaint, EngineError, InputError, RuleError, UnknownName
    from advisor.model.event import Event, Request
    from advisor.model.goals import Goal, Goals, Period
    from advisor.model.history import Engagement, History, SendingPlan, Trend
    from advisor.model.interview import Agenda
    from advisor.model.invitation import Invitation, Wants, Wishes
    from advisor.model.justification import Justification, WhyNot
    from advisor.model.knowledge_base import KnowledgeBase
    from advisor.model.network import Connection, Contact, Network, NetworkReview
    from advisor.model.receipt import Receipt, Replay
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
        Sending,
        Shared,
        Situation,
    )
    from advisor.model.verdict import Finding, Verdict
    from advisor.model.what_if import WhatIf
    from advisor.wiring import Advisor, advise, load_knowledge_base

__version__ = "0.1.0"

_HOMES = {
    "advisor.errors": (
        "AdvisorError", "Complaint", "EngineError", "InputError", "RuleError", "UnknownName",
    ),
    "advisor.model.event": ("Event", "Request"),
    "advisor.model.goals": ("Goal", "Goals", "Period"),
    "advisor.model.history": ("Engagement", "History", "SendingPlan", "Trend"),
    "advisor.model.interview": ("Agenda",),
    "advisor.model.invitation": ("Invitation", "Wants", "Wishes"),
    "advisor.model.justification": ("Justification", "WhyNot"),
    "advisor.model.knowledge_base": ("KnowledgeBase",),
    "advisor.model.network": ("Connection", "Contact", "Network", "NetworkReview"),
    "advisor.model.receipt": ("Receipt", "Replay"),
    "advisor.model.situation": (
        "Batch", "Encounter", "Me", "MutualConnection", "MutualConnections", "Profile", "Prospect", "Purpose",
        "Relationship", "Sending", "Shared", "Situation",
    ),
    "advisor.model.verdict": ("Finding", "Verdict"),
    "advisor.model.what_if": ("WhatIf",),
    "advisor.wiring": ("Advisor", "advise", "load_knowledge_base"),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Advisor", "AdvisorError", "Agenda", "Batch", "Complaint", "Connection", "Contact", "Encounter",
    "Engagement", "EngineError", "Event", "Finding", "Goal", "Goals", "History", "InputError", "Invitation",
    "Justification", "KnowledgeBase", "Me", "MutualConnection", "MutualConnections", "Network",
    "NetworkReview", "Period", "Profile", "Prospect", "Purpose", "Receipt", "Relationship", "Replay",
    "Request", "RuleError", "Sending", "SendingPlan", "Shared", "Situation", "Trend", "UnknownName",
    "Verdict", "Wants", "WhatIf", "WhyNot", "Wishes", "__version__", "advise", "load_knowledge_base",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

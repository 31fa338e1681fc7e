"""Strategies for invitations: made-up requests seen from their other end, with what only that end tells."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from advisor.model.invitation import Invitation, Wants, Wishes
from advisor.model.situation import Me, Profile, Prospect, Purpose, Situation
from advisor.testing.shipped import shipped_knowledge
from advisor.testing.storytelling import situations


def told_on_both_ends(situation: Situation) -> Situation:
    """`situation` with only what the one who receives the request could tell as well."""
    prospect, me, purpose = situation.prospect, situation.me or Me(), situation.purpose
    return replace(
        situation,
        prospect=Prospect(
            name=prospect.name,
            headline=prospect.headline,
            title=prospect.title,
            company=prospect.company,
            industry=prospect.industry,
        ),
        me=replace(me, name=me.name or "Ona Petrulis", stage=None),
        purpose=purpose and Purpose(kind=purpose.kind, detail=purpose.detail),
        batch=None,
        sending=None,
        sent_from=None,
    )


def received(situation: Situation) -> Invitation:
    """The request of `situation`, which is told on both ends, as the one who receives it describes it."""
    prospect, me, purpose = situation.prospect, situation.me or Me(), situation.purpose
    return Invitation(
        sender=Prospect(
            name=me.name or "Ona Petrulis",
            headline=me.headline,
            title=me.does,
            company=me.company,
            industry=me.industry,
        ),
        profile=me.profile,
        relationship=situation.relationship,
        note=situation.draft,
        wants=Wants(kind=purpose.kind, detail=purpose.detail) if purpose else None,
        me=Me(
            name=prospect.name,
            headline=prospect.headline,
            does=prospect.title,
            company=prospect.company,
            industry=prospect.industry,
        ),
        as_of=situation.as_of,
    )


@st.composite
def invitations(draw: st.DrawFn) -> Invitation:
    """Invitations of every kind: made-up requests from their other end, with what only that end tells."""
    vocabulary = shipped_knowledge().consultation("should-accept").vocabulary

    def names(fact: str) -> st.SearchStrategy[str]:
        return st.sampled_from([option.name for option in vocabulary[fact].options])

    invitation = received(told_on_both_ends(draw(situations())))
    yes_no = st.none() | st.booleans()
    return replace(
        invitation,
        profile=invitation.profile or draw(st.none() | st.just(Profile(completeness="complete"))),
        behaviour=draw(st.none() | st.lists(names("behaviour"), max_size=2, unique=True).map(tuple)),
        benefit=draw(st.none() | names("benefit")),
        wishes=draw(
            st.none()
            | st.builds(
                Wishes,
                contact=st.none() | names("wishes.contact"),
                help=yes_no,
                discretion=yes_no,
                fewer_requests=yes_no,
            )
        ),
    )

"""Files about any subject as tests read them: what the one thing that is wrong with a text is, and where."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.catalog.situations import read_told
from advisor.catalog.text import parse
from advisor.errors import InputError
from strategies import shipped_knowledge


def only_complaint(consultation: str, text: str, day: date) -> tuple[str, str]:
    """Place and code of the one complaint about `text` as a file for `consultation`, asked on `day`."""
    asked = shipped_knowledge().consultation(consultation)
    with pytest.raises(InputError) as caught:
        read_told(asked.subject, parse(text, "mine.yaml"), asked.vocabulary, as_of=day)
    (complaint,) = caught.value.complaints
    return f"{complaint.line}:{complaint.column}", complaint.code

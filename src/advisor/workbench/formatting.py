"""Authored files in their one form: the same data and the same comments, laid out the same way everywhere.

Whatever comes out is read again and held against what went in. A file whose layout is not understood is
refused rather than guessed at.
"""

from __future__ import annotations

import json

from advisor.catalog.document import unify
from advisor.catalog.text import parse
from advisor.errors import Complaint, RuleError
from advisor.workbench.key_order import shape_of
from advisor.workbench.layout import laid_out
from advisor.workbench.source import Unfamiliar
from advisor.workbench.source_reader import comments_in, read_source


def formatted(text: str, file: str) -> str:
    """The text of an authored file in its one form.

    Raises:
        RuleError: where it cannot be read, or is laid out in a way that cannot be kept.
    """
    data = parse(text, file, RuleError).data
    text = unify(text.removeprefix("\ufeff"))
    try:
        result = laid_out(read_source(text), shape_of(data))
        again = parse(result, file, RuleError).data
        faithful = _same(data, again) and sorted(comments_in(text)) == sorted(comments_in(result))
    except Unfamiliar as fault:
        raise _refused(file, f"this file holds {fault}, which cannot be laid out anew") from None
    except RuleError:
        faithful = False
    if not faithful:
        raise _refused(file, "this file is laid out in a way that cannot be kept")
    return result


def _same(one: object, other: object) -> bool:
    """Whether two data are the same but for the order of keys; true and 1 are not."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _refused(file: str, message: str) -> RuleError:
    hint = "write it with plain keys, dashes and brackets, and report this if it already is"
    return RuleError([Complaint(file, 0, 0, "unknown-layout", message, hint)])

"""`codes.yaml`, which lies beside this module: what each code of a complaint means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from advisor.catalog.authored import Authored
from advisor.catalog.forms import Form, Kebab, Text
from advisor.errors import RuleError
from advisor.model.codes import About, CodeExample, ComplaintCode

FILE = Path(__file__).with_name("codes.yaml")


class CodeExampleForm(Form):
    """A place that causes the complaint, and the same place mended."""

    file: Text
    wrong: str
    right: str


class CodeForm(Form):
    """What one code means."""

    about: About
    means: Text
    why: Text
    do: Text
    example: CodeExampleForm


class CodesFile(Form):
    """`codes.yaml`."""

    codes: dict[Kebab, CodeForm]


@cache
def complaint_codes() -> Mapping[str, ComplaintCode]:
    """Every code by its name, in the order of the file.

    Raises:
        RuleError: where the file, which comes with the package, is not as it should be.
    """
    authored = Authored(FILE.read_text(encoding="utf-8"), FILE.name)
    file = authored.check(CodesFile)
    if file is None:
        raise RuleError(authored.complaints)
    return {
        code: ComplaintCode(
            code=code,
            about=form.about,
            means=form.means,
            why=form.why,
            do=form.do,
            example=CodeExample(form.example.file, form.example.wrong, form.example.right),
        )
        for code, form in file.codes.items()
    }

"""`rules/laws.yaml` to laws. Every fault is complained about at its place; nothing is proved here."""

from __future__ import annotations

from typing import Any

from advisor.catalog.authored import Authored, Origins, suggest
from advisor.catalog.conditions import ConditionReader
from advisor.catalog.law_forms import LawForm, LawsFile
from advisor.catalog.terms import Terms, all_known
from advisor.catalog.text import DataPath
from advisor.errors import RuleError
from advisor.model.knowledge_base import KnowledgeBase
from advisor.model.law import Change, ChangeKind, Law
from advisor.model.rule import Consultation
from advisor.model.vocabulary import FactSpec, FactValue

_CHANGES: tuple[ChangeKind, ...] = ("raise", "lower", "change", "tell")
_OUTCOMES = ("worse", "better", "other")
_BOUNDS = ("never", "at_least", "at_most")


def read_laws(text: str, file: str, base: KnowledgeBase) -> tuple[Law, ...]:
    """Read the laws in `text`, which is called `file`, for the consultations of `base`.

    Raises:
        RuleError: with all complaints about the file.
    """
    authored = Authored(text, file)
    authored.check(LawsFile)
    origins = Origins()
    found = [
        _LawReader(authored, path, base, origins).law(form) for path, form in authored.items("laws", LawForm)
    ]
    if authored.complaints:
        raise RuleError(authored.complaints)
    return tuple(law for law in found if law is not None)


class _LawReader:
    """Reads the law at `path`."""

    def __init__(self, authored: Authored, path: DataPath, base: KnowledgeBase, origins: Origins) -> None:
        self._authored, self._path, self._base = authored, path, base
        raw = authored.at(path)
        self._raw: dict[str, Any] = raw if isinstance(raw, dict) else {}
        self._fresh = bool(self._raw) and origins.add_item("law", authored, path)

    def law(self, form: LawForm | None) -> Law | None:
        consultation = self._consultation()
        self._check_cites()
        if consultation is None:
            return None
        names = all_known(consultation)
        terms = Terms(self._authored, consultation.id, consultation.vocabulary, consultation.settings, names)
        conditions = ConditionReader(self._authored, terms)
        where = conditions.condition((*self._path, "where")) if self._raw.get("where") is not None else None
        kinds = [kind for kind in _CHANGES if self._raw.get(kind) is not None]
        change = self._change(kinds, terms)
        never = self._never(consultation, compares=bool(kinds))
        if form is None or not self._fresh:
            return None
        return Law(
            id=form.id,
            consultation=consultation.id,
            says=form.says,
            where=where,
            never=never,
            change=change,
            outcome=form.never if isinstance(form.never, str) else "worse",
            cites=tuple(form.cites),
            file=self._authored.file,
            line=self._authored.document.place(self._path)[0],
        )

    def _complain(self, inner: DataPath, code: str, message: str, hint: str, *, key: bool = False) -> None:
        self._authored.complain((*self._path, *inner), code, message, hint, key=key)

    def _consultation(self) -> Consultation | None:
        name = self._raw.get("consultation")
        if not isinstance(name, str):
            return None
        if name not in self._base.consultations:
            hint = suggest(name, self._base.consultations, "name a folder of the rules")
            self._complain(
                ("consultation",), "unknown-consultation", f"there is no consultation `{name}`", hint
            )
        return self._base.consultations.get(name)

    def _check_cites(self) -> None:
        cites = self._raw.get("cites")
        passages = self._base.library.passages
        for place, name in enumerate(cites if isinstance(cites, list) else ()):
            if isinstance(name, str) and name not in passages:
                hint = suggest(name, passages, "`advisor sources show` lists them")
                self._complain(("cites", place), "unknown-passage", f"there is no passage `{name}`", hint)

    def _never(self, consultation: Consultation, *, compares: bool) -> tuple[str, ...]:
        """The verdicts that are ruled out; none for a law that compares."""
        given = [bound for bound in _BOUNDS if self._raw.get(bound) is not None]
        scale = [level.name for level in consultation.verdicts]
        if compares or len(given) != 1:
            if given != ["never"] or not isinstance(self._raw["never"], str):
                wanted = (
                    "`never: worse`, `never: better` or `never: other`"
                    if compares
                    else "one of `never: [..]`, `at_least: ..` or `at_most: ..`"
                )
                kind = "a law that compares" if compares else "a law about one situation"
                path: DataPath = ("never",) if compares and given == ["never"] else ()
                self._complain(path, "bad-law", f"{kind} says {wanted}", f"write {wanted}")
            return ()
        bound = given[0]
        raw = self._raw[bound]
        if isinstance(raw, str) and bound == "never":
            if raw in _OUTCOMES:
                message = f"`{raw}` compares, and nothing here says how a second situation differs"
                hint = "add `raise:`, `lower:`, `change:` or `tell:`, or list verdicts"
                self._complain((bound,), "bad-law", message, hint)
            return ()
        names = [name for name in (raw if isinstance(raw, list) else [raw]) if isinstance(name, str)]
        for place, name in enumerate(names):
            if name not in scale:
                path = (bound, place) if isinstance(raw, list) else (bound,)
                hint = suggest(name, scale, f"write one of {', '.join(scale)}")
                self._complain(path, "unknown-verdict", f"there is no verdict `{name}` on the scale", hint)
                return ()
        if bound == "never":
            return tuple(name for name in scale if name in names)
        edge = scale.index(names[0]) if names else 0
        ruled_out = tuple(scale[:edge] if bound == "at_least" else scale[edge + 1 :])
        if not ruled_out:
            message = f"`{bound}: {raw}` rules out no verdict, so this law could not be broken"
            self._complain((bound,), "bad-law", message, "name a verdict between the ends of the scale")
        return ruled_out

    def _change(self, kinds: list[ChangeKind], terms: Terms) -> Change | None:
        if len(kinds) > 1:
            message = f"`{kinds[0]}` and `{kinds[1]}` change two facts at once"
            self._complain(
                (kinds[1],), "bad-law", message, "keep one, or name the other fact under `along`", key=True
            )
        along = self._along(terms, compares=bool(kinds))
        if not kinds:
            return None
        kind = kinds[0]
        raw = self._raw[kind]
        path: DataPath = (kind, "fact") if isinstance(raw, dict) else (kind,)
        name = raw.get("fact") if isinstance(raw, dict) else raw
        spec = self._fact(name, path, terms)
        if spec is None:
            return None
        if kind in ("raise", "lower"):
            if spec.type != "number":
                message = f"only numbers can be {kind}d, and `{spec.name}` is a {spec.type}".replace(
                    "lowerd", "lowered"
                )
                self._complain(path, "wrong-type", message, "write `change: {fact: .., from: .., to: ..}`")
            return Change(kind, spec.name, along=along)
        before = self._values(spec, (kind, "from"), terms) if kind == "change" else ()
        return Change(kind, spec.name, before, self._values(spec, (kind, "to"), terms), along)

    def _along(self, terms: Terms, *, compares: bool) -> tuple[str, ...]:
        raw = self._raw.get("along")
        if raw and not compares:
            message, hint = (
                "nothing changes along with nothing",
                "add `raise:`, `lower:`, `change:` or `tell:`",
            )
            self._complain(("along",), "misplaced-key", message, hint, key=True)
        specs = [
            self._fact(name, ("along", place), terms)
            for place, name in enumerate(raw if isinstance(raw, list) else ())
        ]
        return tuple(spec.name for spec in specs if spec is not None)

    def _fact(self, name: object, path: DataPath, terms: Terms) -> FactSpec | None:
        """Look up a fact that comes from outside the rules."""
        spec = terms.fact(name, (*self._path, *path)) if isinstance(name, str) else None
        if spec is not None and spec.origin == "concluded":
            message = (
                f"`{spec.name}` is concluded by rules, and only what comes from outside can change by itself"
            )
            self._complain(path, "not-from-outside", message, "name a fact that it is concluded from")
            return None
        return spec

    def _values(self, spec: FactSpec, path: DataPath, terms: Terms) -> tuple[FactValue, ...]:
        whole = (*self._path, *path)
        raw = self._authored.at(whole)
        if raw is None and self._authored.written(whole) is None:
            return ()
        # A list holds several values, each of which will do; for several choices, each is a set by itself.
        if isinstance(raw, list):
            read = [terms.value(spec, (*whole, place)) for place in range(len(raw))]
        else:
            read = [terms.value(spec, whole)]
        return tuple(value for value in read if value is not None)

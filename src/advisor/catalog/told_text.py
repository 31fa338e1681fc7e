"""What was told, as a file that people read and go on writing: YAML in which long texts stay legible.

Nothing is checked here: whoever reads the file does that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_yaml(data: Mapping[str, Any], comment: str = "") -> str:
    """A file with `data`; texts of several lines stay legible, and `comment` stands before it."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes texts of several lines as blocks."""

        def ignore_aliases(self, data: object) -> bool:
            """Write everything out: such files know no aliases."""
            del data
            return True

    def text(dumper: Any, value: str) -> Any:
        several = "\n" in value and not any(line != line.rstrip() for line in value.split("\n"))
        # What could be taken for a number is put in quotes.
        style = "|" if several else '"' if value[:1] in "+-.0123456789" else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    body = yaml.dump(dict(data), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100)
    above = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    return f"{above}{body}"

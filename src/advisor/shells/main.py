"""The command's entry: runs it, and turns whatever goes wrong into one plain message and an exit code.

    0 evaluated   1 --fail-on met, or a check failed   2 usage or bad input   3 bad rules
    4 a test of the rules failed   70 our own bug   130 interrupted   143 ended by a signal

It starts with next to nothing imported, so that what is asked for decides what is loaded.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

USAGE, BAD_RULES, BUG, INTERRUPTED, ENDED = 2, 3, 70, 130, 143
DEBUG = "--debug"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments`, else those of the process; give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given or bool(os.environ.get("ADVISOR_DEBUG"))
    given = [each for each in given if each != DEBUG]
    _tolerate_any_sign()
    _end_in_order()
    try:
        return _finish(_run(given))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - nobody should meet a traceback who did not ask for one
        if debug:
            import traceback

            traceback.print_exc()
        return _complain(fault)


def _run(arguments: list[str]) -> int:
    import click

    from advisor.shells.cli import advisor

    try:
        code = advisor.main(arguments, prog_name="advisor", standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as fault:
        fault.show()
        return USAGE
    return code if isinstance(code, int) else 0


def _complain(fault: Exception) -> int:
    from advisor.errors import AdvisorError, EngineError, InputError, RuleError

    if isinstance(fault, RuleError):
        say(str(fault))
        return BAD_RULES
    if isinstance(fault, EngineError):
        say(f"advisor: {fault}\n  hint: `--engine reference` does without it; `advisor doctor` says more")
        return BUG
    if isinstance(fault, InputError):
        say(str(fault))
        return USAGE
    if isinstance(fault, AdvisorError):
        say(f"advisor: {fault}")
        return USAGE
    if isinstance(fault, OSError) and fault.filename is None:
        say(f"advisor: the output cannot be written: {fault.strerror or fault}")
        silence()
        return USAGE
    kind = type(fault).__name__
    said = " ".join(str(fault).split())[:200]
    say(
        f"advisor: this is our bug, not your mistake: {kind}{f': {said}' if said else ''}\n"
        f"  hint: run the same command with {DEBUG} and report what it prints"
    )
    return BUG


def say(text: str) -> None:
    """Write a message to standard error, without signs that a terminal would obey.

    Where nobody can read messages, there is nobody to tell of it.
    """
    if sys.stderr is None:  # `print` would take that for standard output, which is for data alone
        return
    shown = "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text)
    with contextlib.suppress(OSError, ValueError):
        print(shown, file=sys.stderr, flush=True)


def _end_in_order() -> None:
    """Clean up where the process is asked to end: what was copied or half written must not stay behind."""
    with contextlib.suppress(ValueError, AttributeError):  # in another thread, or without such signals
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _end)


def _end(number: int, frame: object) -> NoReturn:
    del number, frame
    raise SystemExit(ENDED)


def _tolerate_any_sign() -> None:
    """Let a terminal that cannot show a sign show a question mark rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")  # type: ignore[union-attr]


def _finish(code: int) -> int:
    """Hand over what is still to be written; a reader that has gone away is no failure of ours."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        silence()
    except OSError as fault:
        silence()
        say(f"advisor: the output cannot be written: {fault.strerror or fault}")
        return USAGE
    return code


def silence() -> None:
    """Send whatever is still written to nowhere, since nobody reads it any more."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())

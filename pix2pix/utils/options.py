"""A command-line parser whose errors are one sentence."""

import argparse
import difflib
from collections.abc import Sequence
from typing import NoReturn

from pix2pix.errors import UserError


class OptionParser(argparse.ArgumentParser):
    """An `argparse.ArgumentParser` that raises instead of exiting and suggests similar options.

    Raises:
        UserError: ``bad_option`` from `parse_args`.

    >>> parser = OptionParser()
    >>> _ = parser.add_argument("--domain")
    >>> parser.parse_args(["--domian", "cars"])
    Traceback (most recent call last):
    pix2pix.errors.UserError: There is no option --domian; did you mean --domain?
    """

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Parses `args` like `argparse`, and rejects unknown options with a suggestion."""
        known, unknown = self.parse_known_args(args, namespace)
        if unknown:
            name = unknown[0].split("=")[0]
            near = difflib.get_close_matches(name, self._flags(), n=1)
            hint = f"did you mean {near[0]}?" if near else "see --help for all options."
            raise UserError("bad_option", f"There is no option {name}; {hint}")
        return known

    def error(self, message: str) -> NoReturn:
        """Raises `message` as a sentence."""
        raise UserError("bad_option", f"{message[:1].upper()}{message[1:]}; see --help.")

    def _flags(self) -> list[str]:
        flags = [flag for action in self._actions for flag in action.option_strings]
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                flags += [f for parser in action.choices.values() for f in parser._flags()]
        return flags


def flag(name: str) -> str:
    """The option of a field.

    >>> flag("batch_size")
    '--batch-size'
    """
    return "--" + name.replace("_", "-")

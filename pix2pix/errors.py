"""Errors that a user can cause, each with one sentence that says what to do."""


class UserError(Exception):
    """A mistake that the user can correct; shown without a stack trace.

    Args:
        code: stable identifier, e.g. ``"empty_drawing"``; the page looks up its translation.
        message: one English sentence that says what happened and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type["UserError"], tuple[str, str]]:
        """How it is copied from a worker process to its parent."""
        return type(self), (self.code, self.message)


NO_LINES = "No lines were found in this photo; take it closer, with more light."
"""The message of ``no_lines``, the same wherever photos are read."""

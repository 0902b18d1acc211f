"""Errors: this document, or this run, cannot go on. Each says what happened, where, and what to do about it.

What a reader of the result should only know of is a `schemas.Diagnostic` instead.
"""

from __future__ import annotations


class KehoachError(Exception):
    """Base of all errors that are told to the user in one sentence, without a traceback."""


class UsageError(KehoachError):
    """The command cannot do what it was asked for: a missing directory, an output that cannot be written."""


class UnreadableInputError(KehoachError):
    """One input cannot become a document; it is quarantined and the batch goes on.

    `code` is a stable kebab-case cause, such as `empty`, `binary`, `no-text`, `too-large`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[UnreadableInputError], tuple[str, str]]:
        return type(self), (self.code, str(self))  # errors cross process borders

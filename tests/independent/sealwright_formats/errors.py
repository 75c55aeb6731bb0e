"""The two ways in which something can be wrong."""


class FormatError(Exception):
    """What was read breaks the format, or does not open: refused."""


class ValueProblem(Exception):
    """A rule cannot take one value; `on_error` decides what comes of it."""

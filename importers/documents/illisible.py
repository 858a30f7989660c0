"""The refusal of a file."""


class Illisible(ValueError):
    """The file cannot be read; the message is one French sentence that says why and what to do."""

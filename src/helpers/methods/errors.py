"""The error that a model raises when its input cannot be used."""


class ModelError(ValueError):
    """A model cannot be fitted or used as asked; the message names the column and says what to do."""

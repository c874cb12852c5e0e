"""The error of a model whose input cannot be used, and the warning of one that deserves a second look."""


class ModelError(ValueError):
    """A model cannot be fitted or used as asked; the message names the column and says what to do."""


class ModelWarning(UserWarning):
    """A model was fitted, but its data or its optimum deserve a look; the message says at what."""

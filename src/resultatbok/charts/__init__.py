"""The kinds of chart the book uses; each draws released rows and computes nothing.

What all kinds have in common:

- Rows have the columns `label`, `value`, `low` and `high`, as far as a kind needs them, and `suppressed` where a number
  may not be shown. A number that is missing or suppressed leaves no mark.
- `series`: column with the key of a series. Its printed name is in the column of that name and `_label`.
- `group`: column with the heading that a row stands under; empty text for none.
- `x_label`, `y_label`: titles of the axes. `format`, `x_format`, `y_format`: write numbers in the reader's language.
"""

"""Statistics: a data frame in, results out. Nothing here reads files, draws or knows Norwegian."""

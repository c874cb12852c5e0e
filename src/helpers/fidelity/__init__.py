"""How close the numbers of a synthetic cohort come to the published ones, number by number."""

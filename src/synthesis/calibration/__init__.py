"""Estimating what the synthetic registers are drawn from, from the published figures alone."""

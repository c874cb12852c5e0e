"""The effect of taking part in Jobbsjansen instead of the introduction programme: estimates, balance, sensitivity."""

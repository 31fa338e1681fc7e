"""Verdicts: activations to a decision with its justification."""

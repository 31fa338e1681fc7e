"""Inference: facts and rules in, activations and conclusions out."""

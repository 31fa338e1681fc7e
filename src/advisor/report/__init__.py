"""Verdicts, rules and passages as text in one form or another. Nothing here decides anything."""

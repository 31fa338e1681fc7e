"""What rule keepers try their rules with: lints, cases, mutants, differences, proofs."""

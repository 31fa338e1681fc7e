"""`advisor rules`: the commands for those who keep the rules."""

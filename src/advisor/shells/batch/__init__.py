"""`advisor batch`: the verdict on everybody of a list, the command and its parts."""

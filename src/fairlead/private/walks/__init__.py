"""What kind of mistake it was: the walk, its reasons, the second rater."""

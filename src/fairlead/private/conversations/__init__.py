"""What was said: notes, the engineer's own account, remarks, readings."""

"""The manager's mirror: what their own acts show, for their eyes alone."""

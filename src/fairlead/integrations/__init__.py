"""Transports to and from other tools. Each is a slice of its own; none can reach the private side."""

"""The review of an incident: assembled from its parts, written by people, published for everybody."""

"""What belongs to two people. Only `site` may import it."""

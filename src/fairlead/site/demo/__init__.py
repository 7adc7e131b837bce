"""The story of the product as data, to look around in."""

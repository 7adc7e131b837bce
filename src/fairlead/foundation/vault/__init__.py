"""Keys, and what is sealed with them. SECURITY.md describes the design on one page."""

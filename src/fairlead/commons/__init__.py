"""What everybody may read, and in which nobody is identifiable."""

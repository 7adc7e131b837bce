"""What happened when, entry by entry: published, to be read by everybody, naming nobody."""

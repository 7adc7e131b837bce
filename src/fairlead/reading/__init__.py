"""Files that others wrote, read in a process apart and turned into values of the core. No server is needed."""

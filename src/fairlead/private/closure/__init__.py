"""The spoken end: what it waits for, the words said aloud, the answer, and the seal."""

"""Getting an incident on record from what people really have: a sentence, a paste, a file, another tool's export."""

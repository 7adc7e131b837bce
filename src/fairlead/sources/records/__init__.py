"""What was written in the heat: the raw texts and files of an incident, for its responders, erased on a day."""

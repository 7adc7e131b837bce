"""The review of an incident: which sections it has, what the incident's parts say in them, when it may be published."""

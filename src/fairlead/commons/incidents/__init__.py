"""What happened to the service, with its times."""

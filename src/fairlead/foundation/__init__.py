"""What every place stands on: keys, audit, the outbox, the clock."""

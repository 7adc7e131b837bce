"""The outbox: work written down with the change that calls for it. `queue` takes it in, `worker` does it."""

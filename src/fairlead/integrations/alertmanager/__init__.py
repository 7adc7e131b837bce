"""Alertmanager's webhook, version 4, and Grafana's."""

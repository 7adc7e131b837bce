"""Practising the opening before it counts: a scripted partner answers, nothing is kept."""

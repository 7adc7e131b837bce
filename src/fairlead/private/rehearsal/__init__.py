"""Practising the opening: a scripted partner answers, the coach marks the lines, nothing is stored."""

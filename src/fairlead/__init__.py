"""Fairlead guides a manager, an engineer and their team from a costly mistake to the day it is closed."""

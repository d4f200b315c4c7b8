"""Whose land is where, what is it called, and which part of it does a map show."""

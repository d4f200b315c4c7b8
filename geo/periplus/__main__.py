"""`python -m periplus`."""

from periplus.cli import run

run()

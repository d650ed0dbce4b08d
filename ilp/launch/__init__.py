"""Starts everything `./start.py` needs on one machine; knows nothing of the apps."""

"""Trained generators: written, read, described on a card, pulled from and pushed to the Hub."""

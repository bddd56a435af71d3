"""Trained generators: export, loading, model cards, pulling from and pushing to the Hub."""

"""The way to the Hugging Face Hub, through its own client and only when asked."""

LIBRARY = "i-canvas"
"""Our name in the client's user agent and in model cards."""

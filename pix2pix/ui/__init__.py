"""The page: a drawing canvas for Gradio and what it needs, apart from the model."""

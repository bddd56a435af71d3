"""The page in the browser: a drawing canvas for Gradio, its scripts, styles and texts."""

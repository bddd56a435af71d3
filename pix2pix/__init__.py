"""i-Canvas: drawings become pictures while they are drawn."""

"""What answers the page and programs: drawing service, models, missions, classroom."""

"""The app as people and programs meet it, for tests, benchmarks and screenshots to drive."""

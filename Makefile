# What CONTRIBUTING.md tells, in five words.
.PHONY: install run fast test lint

install:  # the app's needs and the tools of development
	python -m pip install -r requirements-dev.txt

run:  # the page
	python app.py

fast:  # no browser, nothing slow
	python -m pytest -m "not browser and not slow"

test:  # everything
	python -m pytest

lint:
	ruff check .
	ruff format --check .
	mypy
	npm run --silent check

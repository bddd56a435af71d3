# The commands of CONTRIBUTING.md.
.PHONY: install run fast test lint

install:  # everything for the app and its development
	python -m pip install -r requirements-dev.txt
	python -m pip install --no-deps -r requirements-faces.txt

run:  # the page
	python app.py

fast:  # quick tests, without a browser
	python -m pytest -m "not browser and not slow"

test:  # all but the slow ones; python -m pytest alone runs everything
	python -m pytest -m "not slow"

lint:
	ruff check .
	ruff format --check .
	hadolint Dockerfile
	mypy
	npm run --silent check

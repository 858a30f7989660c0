# Targets are listed by `make help`.
PORT ?= 8000
N ?= 200
BENCH_N ?= 10000
SHELL := /bin/bash
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
export SITE_URL ?= http://127.0.0.1:$(PORT)

.PHONY: help setup run demo test services test-services check format bench bench-arret bench-lecture

help: ## liste les commandes
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: .venv/.ready ## installe Python et les paquets du verrou dans .venv

.venv/.ready: pyproject.toml uv.lock
	@.ci/setup
	@touch $@

run: setup ## prépare la base, importe les exemples, sert le portail sur PORT (8000)
	@$(MANAGE) prepare_portal --admin admin examples/documents
	@echo "Le portail est à l'adresse $(SITE_URL)/ (administration : $(SITE_URL)/admin/)"
	@exec .venv/bin/gunicorn portal.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread --threads 4 --no-control-socket --log-level warning

demo: setup ## ajoute N (200) conventions inventées, marquées comme telles
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) install_portal
	@$(MANAGE) add_demo $(N)

test: setup ## passe les tests, ceux du navigateur là où Chromium est installé
	@$(PYTHON) -m pytest -q -n 2 --dist loadgroup

services: ## lance PostgreSQL, Redis et Elasticsearch sur la boucle locale, jusqu'à Ctrl-C
	@.ci/services
	@exec tests/services/with_services

test-services: setup ## passe tous les tests sur de vrais PostgreSQL, Redis et Elasticsearch
	@tests/services/with_services $(PYTHON) -m pytest -q -n 2 --dist loadgroup --hypothesis-profile=services

check: setup ## format, style, types, migrations, couches, vocabulaire
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(MANAGE) makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(MANAGE) check --fail-level WARNING
	@.venv/bin/lint-imports
	@$(PYTHON) -m pytest -q tests/test_vocabulaire.py

format: setup ## met le code en forme
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

bench: setup ## mesure la recherche et l'indexation des deux moteurs et de Wagtail, à BENCH_N (10000)
	@tests/services/with_services --seulement elasticsearch $(PYTHON) -m bench $(BENCH_N)

bench-arret: setup ## mesure la recherche pendant que le nœud d'Elasticsearch est tué
	@$(PYTHON) -m bench.arret

bench-lecture: setup ## mesure la lecture des documents, format par format
	@$(PYTHON) -m bench.lecture

# Every target sets up what it needs, in .venv: the system's Python stays as it is.
# `make` alone says what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASE ?= the-deserter
# As many tests at once as there are processors; each process takes neighbours, which share.
TOGETHER := --numprocesses logical --maxprocesses 8 --dist worksteal
# Of `make mutants`: how many, and which; of `make fuzz`: how many files for a reader.
SIZE ?= 300
SEED ?= 1
COUNT ?= 100000

CONSTRAINTS := constraints.txt
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	--constraint $(CONSTRAINTS) --build-constraint $(CONSTRAINTS)

.DEFAULT_GOAL := help
.PHONY: help types words pictures references map gallery site check-site test quick suite matrix newest oldest constraints renewed browser gdal fields commands dictionary archive gallery-page qgis lint check bench bench-browser bench-tag mutants fuzz nu plugins lighthouse format screenshot layers boundaries locales same-bytes wheel check-wheel drawn clean

help: ## Say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

map: $(VENV)/ready ## Draw the map of The Deserter and print its path
	@$(BIN)/periplus map $(CASE) --overwrite -o maps/$(CASE)/$(CASE).html

gallery: $(VENV)/ready-to-test browser ## Draw every shipped case into build/gallery, with an index of pictures
	@mkdir -p build/gallery
	@for case in $$($(BIN)/periplus cases); do \
		$(BIN)/periplus map $$case --overwrite -o build/gallery/$$case.html || exit 1; \
	done
	@PYTHONPATH=tests/support $(BIN)/python tests/browser/gallery.py build/gallery

site: $(VENV)/ready-for-site ## Build the documents as a site with every map into build/site, and print its path; SITE_URL says where it will stand
	@$(BIN)/python docs/site/build_site.py build $(SITE_URL)

check-site: site $(VENV)/ready-to-test browser ## Look at the built site: links, requests, axe, a phone, the dark, no scripts, the search
	PYTHONPATH=tests/support $(BIN)/python docs/site/check_site.py build/site

quick: $(VENV)/ready-to-test ## Run the tests that need nothing but Python, and little time
	CONSTRAINTS=$(CONSTRAINTS) $(BIN)/pytest $(TOGETHER) -m quick

test: check suite ## Run every linter and every test; installs what they need

suite: $(VENV)/ready-to-test browser gdal # the tests alone, which are told what was installed
	CONSTRAINTS=$(CONSTRAINTS) $(BIN)/pytest $(TOGETHER) -m 'not matrix'

matrix: $(VENV)/ready-to-test browser ## Run the combinations of pages, languages, widths and colours that the gate leaves out
	CONSTRAINTS=$(CONSTRAINTS) $(BIN)/pytest $(TOGETHER) -m matrix

newest: ## Run the tests with the newest versions of all that they need
	rm -rf build/venv-newest
	$(MAKE) suite VENV=build/venv-newest CONSTRAINTS=/dev/null

oldest: ## Run the tests on Python 3.11 with the oldest versions that pyproject.toml admits
	rm -rf build/venv-oldest
	mkdir -p build
	python3.11 tests/support/bounds.py > build/oldest.txt
	$(MAKE) suite VENV=build/venv-oldest PYTHON=python3.11 CONSTRAINTS=build/oldest.txt

constraints: ## Renew constraints.txt: the newest versions that serve all Pythons at once
	$(MAKE) renewed VENV=build/venv-uv

renewed: $(BIN)/uv
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
		--fork-strategy fewest --all-extras --group tools --group site --no-header --no-annotate \
		--upgrade --output-file build/solved.txt
	{ grep '^#' constraints.txt; sed 's/ ;.*//' build/solved.txt; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

check: $(VENV)/ready-to-test ## Run the linters and the type checker alone
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/biome ci --colors=off geo/periplus tests/views/html/scripts biome.json
	$(BIN)/yamllint --strict .
	$(BIN)/zizmor --quiet --offline --strict-collection .github

bench: $(VENV)/ready-to-test ## Measure start-up, reading, tracing and drawing
	$(BIN)/pytest tests/benchmarks --capture=no --benchmark-enable --benchmark-only --benchmark-columns=min,median,rounds

bench-tag: $(VENV)/ready-with-peers ## Measure tagging against geopandas, Dask, DuckDB and SedonaDB
	$(BIN)/pytest tests/benchmarks/test_tagging.py --capture=no --benchmark-enable --benchmark-only --benchmark-columns=min,median,rounds

bench-browser: $(VENV)/ready-to-bench build/npm/ready browser ## Time the page against folium and geopandas.explore in a browser
	PYTHONPATH=tests/support $(BIN)/python tests/benchmarks/browser.py $(CASE)

mutants: $(VENV)/ready-with-mutants ## Count which of SIZE faults, picked by SEED, the tests notice; takes hours
	$(BIN)/python tests/support/mutants.py --size $(SIZE) --seed $(SEED)

fuzz: $(VENV)/ready-to-test ## Feed every reader with COUNT broken files, made by SEED; takes hours
	PYTHONPATH=tests/support $(BIN)/python tests/support/fuzzing.py --count $(COUNT) --seed $(SEED)

nu: $(VENV)/ready-to-test build/npm/ready ## Check the pages and the snippets with the Nu HTML checker
	.ci/need java default-jre-headless
	$(BIN)/pytest tests/views/html/test_nu.py -rs

plugins: $(VENV)/ready-to-test build/npm/ready browser ## Test our layers beside plugins of folium in a browser
	$(BIN)/pytest tests/browser/test_folium_map.py -rs

lighthouse: $(VENV)/ready-to-test build/npm/ready map browser ## Let Lighthouse judge the page of CASE
	PYTHONPATH=tests/support $(BIN)/python tests/browser/lighthouse.py maps/$(CASE)/$(CASE).html

format: $(VENV)/ready-to-test ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/biome format --write geo/periplus tests/views/html/scripts

references: $(VENV)/ready-to-test browser ## Renew the reference pictures of the tests, to be looked at
	PYTHONPATH=tests/support:tests/views/picture $(BIN)/python tests/support/renew_pictures.py
	PYTHONPATH=tests/support $(BIN)/python tests/browser/renew_screens.py

layers: $(VENV)/ready ## Rebuild layers/jurisdictions.geojson from the facts and boundaries
	$(BIN)/periplus layers export jurisdictions --towards RUS --overwrite -o layers/jurisdictions.geojson

words: $(VENV)/ready ## Bring the catalogues of translations up to date with the code
	$(BIN)/python tests/support/catalogues.py

types: $(VENV)/ready build/npm/ready ## Write the types of the data of a page down, and check its scripts against them
	$(BIN)/python tests/support/page_types.py
	build/npm/node_modules/.bin/tsc --project .ci/npm/tsconfig.json

schema: $(VENV)/ready ## Rebuild the JSON Schema of route files from the model
	$(BIN)/python -c "from periplus.route.schema import generate; print(generate(), end='')" > $(VENV)/schema.json
	mv $(VENV)/schema.json geo/periplus/route/schema/route.schema.json

boundaries: $(VENV)/ready ## Rebuild the boundaries from the pinned upstreams (needs npm and apt-get)
	$(BIN)/python layers/build

locales: $(VENV)/ready-to-test ## Rebuild the words of the CLDR from the pinned Babel
	$(BIN)/python layers/build --only-locales

same-bytes: $(VENV)/ready ## Compare all outputs with the oldest and the newest Babel allowed
	PYTHONPATH=tests/support $(BIN)/python tests/support/same_bytes.py

browser: # Chromium, and what the program that drives it is linked with
	.ci/need chromium chromium chromium-browser google-chrome
	.ci/need lib:libatomic.so.1 libatomic1

build/npm/ready: .ci/npm/package.json # independent tools, which the gate does without
	.ci/need npm npm
	mkdir -p build/npm
	cp .ci/npm/package.json build/npm/
	npm install --prefix build/npm --ignore-scripts --no-audit --no-fund --no-package-lock --silent
	@touch $@
gdal: # GDAL of the system, which is not that of the wheels: what others read our files with
	.ci/need ogrinfo gdal-bin
	.ci/need module:osgeo.gdal python3-gdal

fields: $(VENV)/ready ## Rebuild docs/fields.md from the table model of exports
	$(BIN)/python -c "from periplus.views.gis.explain import document; print(document(), end='')" > $(VENV)/fields.md
	mv $(VENV)/fields.md docs/fields.md

commands: $(VENV)/ready ## Rebuild docs/commands.md from the program
	$(BIN)/python docs/site/command_pages.py > $(VENV)/commands.md
	mv $(VENV)/commands.md docs/commands.md

dictionary: $(VENV)/ready ## Rebuild docs/data-dictionary.md from the model of the facts
	$(BIN)/python docs/site/data_pages.py dictionary > $(VENV)/data-dictionary.md
	mv $(VENV)/data-dictionary.md docs/data-dictionary.md

archive: $(VENV)/ready ## Pack the layers of this version with checksums into dist
	@$(BIN)/python docs/site/data_pages.py archive dist

gallery-page: $(VENV)/ready ## Rebuild docs/gallery.md and docs/gallery.ru.md from the cases
	$(BIN)/python docs/site/gallery_pages.py en > $(VENV)/gallery.md
	$(BIN)/python docs/site/gallery_pages.py ru > $(VENV)/gallery.ru.md
	mv $(VENV)/gallery.md $(VENV)/gallery.ru.md docs

qgis: $(VENV)/ready-to-test gdal ## Test exports in QGIS itself; installs it, which is large
	.ci/need module:qgis.core python3-qgis
	.ci/need qgis qgis
	.ci/need xvfb-run xvfb
	$(BIN)/pytest tests/qgis

screenshot: $(VENV)/ready-to-test map browser ## Take the picture of the README
	PYTHONPATH=tests/support $(BIN)/python tests/browser/screenshot.py maps/the-deserter/the-deserter.html docs/the-deserter.png

pictures: $(VENV)/ready-to-test ## Draw the pictures of the documents again
	$(BIN)/python docs/draw.py

wheel: $(VENV)/ready ## Build the wheel
	rm -rf dist
	$(BIN)/pip wheel --quiet --no-deps --build-constraint $(CONSTRAINTS) --wheel-dir dist .

check-wheel: wheel ## Let the wheel draw the map of The Deserter in an environment of its own
	rm -rf build/venv-wheel
	$(MAKE) drawn VENV=build/venv-wheel

drawn: $(VENV)/pip
	$(INSTALL) dist/*.whl
	cd build && venv-wheel/bin/periplus map the-deserter --overwrite -o from-the-wheel.html
	cmp build/from-the-wheel.html maps/the-deserter/the-deserter.html

clean: ## Remove what was built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .benchmarks

$(BIN)/python:
	.ci/need venv:$(PYTHON) python3-venv
	$(PYTHON) -m venv $(VENV)

# The pip that comes with Python may be too old to constrain what a package is built with.
$(VENV)/pip: $(BIN)/python $(CONSTRAINTS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint $(CONSTRAINTS) --upgrade pip
	@touch $@

$(BIN)/uv: $(VENV)/pip
	$(INSTALL) uv

# pip compiles what it installs, but not what is edited in place: a quarter of a second a run.
$(VENV)/ready: $(VENV)/pip pyproject.toml hatch_build.py
	$(INSTALL) --editable .
	$(BIN)/python -m compileall -q geo/periplus
	@touch $@

$(VENV)/ready-with-peers: $(VENV)/ready-to-test
	$(INSTALL) --editable '.[peers]'
	@touch $@

$(VENV)/ready-with-mutants: $(VENV)/ready-to-test
	$(INSTALL) --editable '.[mutants]'
	@touch $@

$(VENV)/ready-to-bench: $(VENV)/ready-to-test
	$(INSTALL) --editable '.[bench]'
	@touch $@

$(VENV)/ready-for-site: $(VENV)/ready
	$(INSTALL) --group site
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready
	$(INSTALL) --editable '.[test,lint]'
	@touch $@

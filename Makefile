# make serve   建好网站并在本机打开 / build the site and serve it on this machine
# make test    安装测试需要的东西并运行全部测试 / install what the tests need and run them all
# make build   只建网站，结果在 site/ / build only, into site/
# make clean   删除生成的东西 / remove what was generated

PORT ?= 8000
SITE_URL ?=
PYTHON ?=
PYTEST_ARGS ?=
VENV = .venv/bin/python

.PHONY: serve test build clean venv

serve: build
	@$(VENV) -m scripts.serve --port $(PORT)

build: venv
	@$(VENV) -m scripts.site_build $(if $(SITE_URL),--site-url "$(SITE_URL)")

test: build
	@$(VENV) -m scripts.browser --install
	@CANBAO_SITE=site $(VENV) -m pytest -q -n auto --dist worksteal $(PYTEST_ARGS) tests

venv:
	@PYTHON="$(PYTHON)" sh scripts/setup_venv.sh

clean:
	rm -rf build site .venv .pytest_cache .hypothesis

#!/bin/sh
# Make .venv with Python 3.13 and exactly the packages of requirements.txt, or say what is missing.
# Does nothing when they are there already.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/requirements.sum
want=$(cat .python-version requirements-build.txt requirements.txt | cksum)
if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ]; then
    exit 0
fi

is_313() {
    [ "$("$@" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "3.13" ]
}

python=
if [ -n "${PYTHON:-}" ] && is_313 "$PYTHON"; then
    python=$PYTHON
elif is_313 python3.13; then
    python=python3.13
elif is_313 python3; then
    python=python3
elif command -v pyenv >/dev/null 2>&1; then
    for found in "$(pyenv root)"/versions/3.13*/bin/python; do
        if is_313 "$found"; then python=$found; fi
    done
fi

rm -rf .venv
if [ -n "$python" ]; then
    echo "正在用 $python 建立 .venv，第一次需要几分钟…… / making .venv with $python; the first time takes minutes …"
    if ! "$python" -m venv .venv; then
        echo "Python 缺少 venv：sudo apt-get install python3.13-venv" >&2
        echo "This Python lacks venv: sudo apt-get install python3.13-venv" >&2
        exit 1
    fi
elif command -v uv >/dev/null 2>&1 && uv venv --seed --python 3.13 .venv; then
    echo "用 uv 建立了 .venv / made .venv with uv"
else
    cat >&2 <<'MESSAGE'
没有找到 Python 3.13。请先安装，任选一种：
  Ubuntu/Debian   sudo apt-get install python3.13 python3.13-venv   （系统自带的版本较旧时，用下面两种）
  uv              https://docs.astral.sh/uv/   装好后再运行一次 make
  pyenv           pyenv install 3.13
已经装在别处时：make serve PYTHON=/路径/python3.13
Python 3.13 was not found. Please install it first, in any of these ways:
  Ubuntu/Debian   sudo apt-get install python3.13 python3.13-venv   (where the system's is older, use one of the next two)
  uv              https://docs.astral.sh/uv/   then run make again
  pyenv           pyenv install 3.13
If it is installed elsewhere: make serve PYTHON=/path/to/python3.13
MESSAGE
    exit 1
fi

# The build tools first, with hashes too, so that the one package that comes as source builds with them.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements.txt
echo "$want" > "$stamp"

#!/usr/bin/env bash
# The lanes of parity find no difference; sets itself up in a fresh clone.
#
# Cases and processes are those of CASES and JOBS, 8000 and 2 unless they are set.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

make --no-print-directory .venv/installed-for-tests
status=0
.venv/bin/antiphon parity suite --cases "${CASES:-8000}" --seed 1 --jobs "${JOBS:-2}" || status=1
.venv/bin/antiphon parity mutants || status=1
.venv/bin/pytest -q -n "${JOBS:-2}" tests/laws tests/parity || status=1
exit "$status"

#!/usr/bin/env bash
# The shapes, the matrix and the ledger are in order; sets itself up in a fresh clone.
#
#     scripts/check-parity-ledger.sh [REV]
#
# With a revision, the update rule is held against what has changed since. A push that begins a
# branch names none but zeros: then it is the commit before.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

make --no-print-directory .venv/installed-for-tests
status=0
.venv/bin/antiphon parity shapes || status=1
.venv/bin/antiphon parity matrix --check || status=1
.venv/bin/antiphon parity ledger || status=1
if (($#)); then
  base=$1
  [[ $base =~ ^0+$ ]] && base=HEAD^
  .venv/bin/antiphon parity changed --base "$base" || status=1
fi
exit "$status"

#!/usr/bin/env bash
# Kills edge, broker and correlator with signal 9 at random moments of a replayed day, and checks that the centre has every passage
# that was on the edge's disk exactly once.   deploy/crash-storm.sh --rounds 500 --seed 7
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=200
seed=$RANDOM
while [ $# -gt 0 ]; do
  case "$1" in
    --rounds) rounds="$2"; shift 2 ;;
    --seed) seed="$2"; shift 2 ;;
    *) echo "usage: deploy/crash-storm.sh [--rounds N] [--seed N]" >&2; exit 2 ;;
  esac
done
dotnet build -v q tests/Dashiban.IntegrationTests
DASHIBAN_CRASH_ROUNDS="$rounds" DASHIBAN_CRASH_SEED="$seed" \
  artifacts/bin/Dashiban.IntegrationTests/debug/Dashiban.IntegrationTests -class "*CrashStorm" -diagnostics

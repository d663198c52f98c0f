#!/usr/bin/env bash
# Sets up and runs all tests; the last line sums the test projects: N passed, N failed, N skipped.
#   deploy/test.sh [--no-install]
set -uo pipefail
cd "$(dirname "$0")/.."

command -v dotnet >/dev/null || { echo "test: the .NET 10 SDK is missing (https://dotnet.microsoft.com/download)" >&2; exit 1; }
if [ "${1:-}" != --no-install ]; then
    deploy/install.sh test && deploy/install.sh training || exit 1
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
dotnet build Dashiban.sln -c Release -v quiet --nologo || exit 1

passed=0 failed=0 skipped=0 broken=0
logs=artifacts/test-logs
mkdir -p "$logs"
for project in Dashiban.Tests Dashiban.IntegrationTests; do
    echo "== $project"
    log=$logs/$project.log
    # Real servers and real time share the machine with each other: one integration test at a time.
    mode=collections
    [ $project = Dashiban.IntegrationTests ] && mode=none
    timeout --signal=KILL 1500 artifacts/bin/$project/release/$project -noColor -noLogo -longRunning 120 -parallelMode $mode >"$log" 2>&1 || true
    # What decoders say of the hostile files that tests feed them is no news.
    grep -vE '^(libpng|Corrupt JPEG|Warning: unknown JFIF|\[ ?(ERROR|WARN):|$)' "$log"
    # The closing line of the xunit.v3 runner: «Total: 12, Errors: 0, Failed: 0, Skipped: 1, Not Run: 0, Time: 1.234s».
    line=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -1)
    if [ -z "$line" ]; then
        echo "test: $project ended without a summary" >&2
        broken=$((broken + 1))
        continue
    fi
    number() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$line"; }
    total=$(number Total) errors=$(number Errors) bad=$(number Failed) skip=$(number Skipped)
    passed=$((passed + total - bad - skip)) failed=$((failed + bad + errors)) skipped=$((skipped + skip))
done

echo "== models/training"
log=$logs/training.log
if /usr/bin/python3 -c 'import torch, cv2, onnx' 2>/dev/null; then
    timeout --signal=KILL 600 /usr/bin/python3 -m unittest discover -s models/training/tests >"$log" 2>&1
    # The closing lines of unittest: «Ran 43 tests in 4.5s», then «OK (skipped=2)» or «FAILED (failures=1, errors=2, skipped=3)».
    tail -4 "$log"
    ran=$(sed -nE 's/^Ran ([0-9]+) tests?.*/\1/p' "$log" | tail -1)
    count() { sed -nE "s/^(OK|FAILED).*$1=([0-9]+).*/\2/p" "$log" | tail -1; }
    bad=$(($(count failures || true)+0 + $(count errors || true)+0)) skip=$(($(count skipped || true)+0))
    if [ -z "$ran" ]; then
        echo "test: models/training ended without a summary" >&2
        broken=$((broken + 1))
    else
        passed=$((passed + ran - bad - skip)) failed=$((failed + bad)) skipped=$((skipped + skip))
    fi
else
    echo "SKIPPED: PyTorch, OpenCV or ONNX for Python are missing; deploy/install.sh training installs them"
    skipped=$((skipped + 1))
fi

failed=$((failed + broken))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

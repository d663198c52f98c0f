#!/usr/bin/env bash
# Sets up and runs the main job on embedded defaults: virtual cameras over RTSP, two edge workers, broker, correlator, page.
#   deploy/demo.sh [--seconds N] [options of `dashiban demo`, see --help]
set -euo pipefail
cd "$(dirname "$0")/.."

command -v dotnet >/dev/null || { echo "demo: the .NET 10 SDK is missing (https://dotnet.microsoft.com/download)" >&2; exit 1; }
deploy/install.sh demo
dotnet build src/Dashiban -c Release -v quiet --nologo
exec artifacts/bin/Dashiban/release/dashiban demo "$@"

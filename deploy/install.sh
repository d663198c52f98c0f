#!/usr/bin/env bash
# Installs the Debian packages that a task needs and leaves alone what is there already.
#   deploy/install.sh run       an edge or a correlator
#   deploy/install.sh demo      run + virtual cameras (GStreamer RTSP server, CJK font)
#   deploy/install.sh test      demo + the real servers that the tests talk to
#   deploy/install.sh training  PyTorch and friends for models/training
set -euo pipefail

run=(ffmpeg libgtk-3-0 util-linux ca-certificates)
demo=("${run[@]}" fonts-noto-cjk python3 python3-gi gir1.2-gst-rtsp-server-1.0
    gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly gstreamer1.0-libav)
test=("${demo[@]}" mosquitto mosquitto-clients chromium openssl procps influxdb victoria-metrics)
training=(python3-torch python3-numpy python3-opencv python3-onnx python3-pil fonts-noto-cjk)

case "${1:-}" in
    run) wanted=("${run[@]}") ;;
    demo) wanted=("${demo[@]}") ;;
    test) wanted=("${test[@]}") ;;
    training) wanted=("${training[@]}") ;;
    *) sed -n '2,6p' "$0" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "install: this is not a Debian system; please install: ${missing[*]}" >&2
    exit 1
fi
elevate=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "install: run as root, or install sudo; missing: ${missing[*]}" >&2; exit 1; }
    elevate=(sudo)
fi
echo "install: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# policy-rc.d keeps apt from starting the servers that packages bring: tests start their own on free loopback ports.
policy=/usr/sbin/policy-rc.d
guard=false
if [ ! -e "$policy" ]; then
    guard=true
    printf '#!/bin/sh\nexit 101\n' | "${elevate[@]}" tee "$policy" >/dev/null
    "${elevate[@]}" chmod +x "$policy"
fi
status=0
{ "${elevate[@]}" apt-get update -q &&
  "${elevate[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || status=$?
if $guard; then "${elevate[@]}" rm -f "$policy"; fi
if [ $status -ne 0 ]; then
    tail -20 "$log" >&2
    echo "install: apt-get failed (exit $status), see above" >&2
    exit 1
fi

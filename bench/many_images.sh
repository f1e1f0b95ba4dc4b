#!/usr/bin/env bash
# Resident memory of SegmentImage over many images of 480×360, and the temporary files that it leaves: what it takes after 500 images is what
# it takes. Takes about ten minutes. Usage: bench/many_images.sh PHOTOGRAPHS [COUNT], a folder of JPEG files of 480×360 pixels.
set -euo pipefail
export ORT_DISABLE_TELEMETRY=1
photographs=$(realpath "$1")
count=${2:-5000}
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release --nologo -v quiet Scoring
program=$(find Scoring/bin/Release -name Scoring -type f -perm -u+x | head -n 1)
"$program" models "$work/models"
"$program" images "$photographs" "$work/images" 40
mkdir "$work/temporary"
TMPDIR=$work/temporary "$program" memory "$work/models/fcn-compact-512.onnx" "$work/images/480x360" "$count"
echo "temporary files left: $(find "$work/temporary" -type f | wc -l)"

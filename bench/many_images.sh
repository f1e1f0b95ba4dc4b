#!/usr/bin/env bash
# Resident memory of SegmentImage over many images of 480×360, and the temporary files that it leaves: what it takes after 500 images is what
# it takes. Takes about ten minutes. Usage: bench/many_images.sh PHOTOGRAPHS [COUNT], a folder of JPEG files of 480×360 pixels.
set -euo pipefail
source "$(dirname "$0")/scoring_setup.sh" "$1"
count=${2:-5000}
mkdir "$work/temporary"
TMPDIR=$work/temporary "$program" memory "$work/models/fcn-compact-512.onnx" "$work/images/480x360" "$count"
echo "temporary files left: $(find "$work/temporary" -type f | wc -l)"

#!/usr/bin/env bash
# Kills mlseg segment at random times and lets it go on, over and over. Whenever a folder is done, each of its files is compared with that of a run
# that nobody disturbed. Prints a line a folder, and fails at the first difference. Usage: bench/killed_segment.sh [KILLS], 50 by default.
set -euo pipefail
cd "$(dirname "$0")"
kills=${1:-50}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release --nologo -v quiet ../src/MLSegmentation.Cli
mlseg=$(find ../src/MLSegmentation.Cli/bin/Release -name mlseg -type f | head -1)
"$mlseg" train segmentation --images ../data/surfaces/images --masks ../data/surfaces/masks --out "$work/model.onnx" --size 64x64 --epochs 1 >"$work/log"
mkdir "$work/images"
for copy in {1..2}; do
  for image in ../data/surfaces/images/*; do cp "$image" "$work/images/$copy-${image##*/}"; done
done
segment() { exec "$mlseg" segment --model "$work/model.onnx" --images "$work/images" --format confidence,overlay,coco,csv --out "$1" >"$work/log" 2>&1; }
(segment "$work/whole")
killed=0
for ((folder = 1; killed < kills; folder++)); do
  before=$killed status=137
  while ((status == 137)); do
    segment "$work/killed" &
    sleep "$((RANDOM % 3)).$((RANDOM % 1000))"
    kill -9 $! 2>"$work/log" || true
    wait $! 2>"$work/log" && status=0 || status=$?
    ((status != 137)) || killed=$((killed + 1))
  done
  ((status == 0)) || { cat "$work/log"; exit 1; }
  diff -r "$work/whole" "$work/killed"
  echo "folder $folder: killed $((killed - before)) times, and its files are those of one run"
  rm -r "$work/killed"
done

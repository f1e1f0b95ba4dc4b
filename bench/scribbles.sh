#!/usr/bin/env bash
# Trains on strokes over a few pixels of each image and on whole masks for the same minutes, and measures both on the test part.
# Usage: bench/scribbles.sh DATA/pennfudan OUT [MINUTES [SEED]]
set -euo pipefail
data=$1 out=$2 minutes=${3:-9} seed=${4:-1}
repository=$(cd "$(dirname "$0")/.." && pwd)
dotnet build -c Release --nologo -v quiet "$repository/src/MLSegmentation.Cli"
dotnet build -c Release --nologo -v quiet "$repository/bench/Scribbles"
mlseg=$(find "$repository/src/MLSegmentation.Cli/bin/Release" -name mlseg -type f -perm -u+x | head -n 1)
program=$(find "$repository/bench/Scribbles/bin/Release" -name Scribbles -type f -perm -u+x | head -n 1)
mkdir -p "$out"
"$program" "$data/masks" "$data/images" "$out/strokes.json"
printf 'background\nperson\n' > "$out/classes.txt"
train() { "$mlseg" train segmentation --split "$data/split.csv" --minutes "$minutes" --seed "$seed" --overwrite "$@"; }
train --annotations "$out/strokes.json" --images "$data/images" --unlabelled ignore --out "$out/strokes.onnx" > "$out/strokes.log"
[ -n "${STROKES_ALONE:-}" ] || train --images "$data/images" --masks "$data/masks" --classes "$out/classes.txt" \
  --out "$out/masks.onnx" > "$out/masks.log"
for labels in strokes masks; do
  [ -f "$out/$labels.onnx" ] || continue
  echo "$labels:"
  "$mlseg" evaluate --model "$out/$labels.onnx" --images "$data/images" --masks "$data/masks" --split "$data/split.csv"
done

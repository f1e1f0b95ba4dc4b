#!/usr/bin/env bash
# Damages the labels of a set on purpose, trains on them, reviews them with that model, and prints how many of the regions that come
# first are damaged ones.
# Usage: bench/label_review.sh IMAGES MASKS CLASSES IGNORE OUT [SEED [SHARE [LEAST [TRAINING...]]]]
#   CLASSES   a file of classes, one a line; IGNORE the value without a class; OUT a folder for the damaged masks and the rest
#   SHARE     of the regions of at least LEAST pixels, by default 0.05 and 100; the same share of the ranking is judged
#   TRAINING  options of 'mlseg train segmentation', by default those of the figures in bench/results/label-review
set -euo pipefail
images=$1 masks=$2 classes=$3 ignore=$4 out=$5 seed=${6:-1} share=${7:-0.05} least=${8:-100}
shift $(($# < 8 ? $# : 8))
[ $# -gt 0 ] || set -- --epochs 30 --threads 1 --precision bfloat16
repository=$(cd "$(dirname "$0")/.." && pwd)
dotnet build -c Release --nologo -v quiet "$repository/src/MLSegmentation.Cli"
dotnet build -c Release --nologo -v quiet "$repository/bench/LabelReview"
mlseg=$(find "$repository/src/MLSegmentation.Cli/bin/Release" -name mlseg -type f -perm -u+x | head -n 1)
program=$(find "$repository/bench/LabelReview/bin/Release" -name LabelReview -type f -perm -u+x | head -n 1)
mkdir -p "$out"
"$program" damage "$masks" "$out/damaged" "$ignore" "$share" "$least" "$seed"
"$mlseg" train segmentation --images "$images" --masks "$out/damaged" --classes "$classes" --ignore "$ignore" "$@" --overwrite \
  --out "$out/model.onnx" > "$out/training.log"
"$mlseg" review --model "$out/model.onnx" --images "$images" --masks "$out/damaged" --ignore "$ignore" --min-region "$least" \
  --draw 6 --out "$out/review"
"$program" judge "$masks" "$out/damaged" "$out/review/regions.csv" "$share"

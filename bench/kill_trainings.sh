#!/usr/bin/env bash
# Kills small trainings at random times, every third time within their last moments, and resumes them until they end: the model has to be, byte for
# byte, that of a training that was not killed, and nothing else may be left. Usage: bench/kill_trainings.sh [KILLS [SEED]], 50 and 1 by default.
set -euo pipefail
cd "$(dirname "$0")/.."
kills=${1:-50}
RANDOM=${2:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release --nologo -v quiet src/MLSegmentation.Cli
mlseg=$(find src/MLSegmentation.Cli/bin/Release -name mlseg -type f -perm -u+x | head -n 1)
mkdir "$work/images" "$work/masks" "$work/out"
for i in 0 1 2 3 4 5 6 7; do
  cp "data/surfaces/images/surface_00$i.jpg" "$work/images"
  cp "data/surfaces/masks/surface_00$i.png" "$work/masks"
done
train() {
  exec "$mlseg" train segmentation --images "$work/images" --masks "$work/masks" --out "$1" --size 64x64 --batch 2 --epochs 12 --threads 1 \
    --network fcn8-bn-compact --accumulate 2 --cutmix 0.5 --optimizer sgd --validation 0.25 --average 0.9 --checkpoint-minutes 0.005 --resume
}
(train "$work/whole.onnx") >"$work/log"
expected=$(sha256sum <"$work/whole.onnx")
rm "$work/whole.onnx"
killed=0 atEnd=0 trainings=0 resumed=0 failures=0
while [ $killed -lt "$kills" ]; do
  for attempt in 1 2 3 4; do
    (train "$work/out/model.onnx") >"$work/log" 2>&1 &
    process=$!
    if [ "$attempt" -lt 4 ]; then
      if [ $((RANDOM % 3)) -eq 0 ]; then
        until grep -q '100 %' "$work/log" || ! kill -0 $process 2>/dev/null; do sleep 0.01; done
        sleep "0.$((RANDOM % 5))$((RANDOM % 10))"
        moment=end
      else
        sleep "$((RANDOM % 6)).$((RANDOM % 10))"
        moment=any
      fi
      if kill -9 $process 2>/dev/null; then
        killed=$((killed + 1))
        if [ $moment = end ]; then atEnd=$((atEnd + 1)); fi
      fi
    fi
    if wait $process 2>/dev/null; then break; fi
    # Killed after all was written: there is nothing to go on with.
    if [ -e "$work/out/model.onnx" ] && [ ! -e "$work/out/model.onnx.checkpoint" ]; then break; fi
    resumed=$((resumed + 1))
    if [ "$attempt" = 4 ]; then cat "$work/log"; fi
  done
  trainings=$((trainings + 1))
  # The lock of a training that was killed after all was written is in nobody's way.
  if [ "$(sha256sum <"$work/out/model.onnx")" != "$expected" ] || [ "$(ls -I '*.lock' "$work/out")" != model.onnx ]; then
    failures=$((failures + 1))
    ls -l "$work/out"
  fi
  rm -rf "$work/out"
  mkdir "$work/out"
done
echo "$killed kills, $atEnd of them after the last step, in $trainings trainings that were gone on with $resumed times: $failures models differ"
[ $failures -eq 0 ]

#!/usr/bin/env bash
# Trains each network for the same minutes with each seed, one training at a time, and prints what it came to on the test part: epochs,
# images a second in training, mean IoU, IoU of the last class, and their mean and range over the seeds.
# Usage: bench/network_choice.sh FOLDER OUT [MINUTES [SEEDS [NETWORK...]]]
#   FOLDER   has images, masks and split.csv with the parts train and test. TRAIN and TEST, if set, are mlseg's options in its place.
#   OUT      keeps models, logs and results; what is there already is not trained again.
#   MINUTES  default 9; SEEDS, in quotes, default '1 2 3'
#   NETWORK  a name with options in quotes, such as 'fpn-resnet20 --weights resnet18-imagenet --freeze-stages 2'
set -euo pipefail
folder=$1 out=$2 minutes=${3:-9} seeds=${4:-1 2 3}
shift $(($# < 4 ? $# : 4))
weights='--weights resnet18-imagenet'
[ $# -gt 0 ] || set -- unet-compact "unet-resnet20 $weights" "unet-light-resnet20 $weights" \
  "fpn-resnet20 $weights" "deeplabv3plus-resnet20 $weights" "deeplabv3plus-resnet20 --output-stride 32 $weights"
data="--images $folder/images --masks $folder/masks --split $folder/split.csv"
repository=$(cd "$(dirname "$0")/.." && pwd)
dotnet build -c Release --nologo -v quiet "$repository/src/MLSegmentation.Cli"
mlseg=$(find "$repository/src/MLSegmentation.Cli/bin/Release" -name mlseg -type f -perm -u+x | head -n 1)
mkdir -p "$out"
number() { grep -o "$1" "$2" | tail -n 1 | grep -o '[0-9.]*' | tail -n 1; }
printf '%-70s%-6s%-8s%-10s%-10s%s\n' network seed epochs images/s 'mean IoU' 'last class'
for seed in $seeds; do
  for network in "$@"; do
    run=$out/$(tr -c 'A-Za-z0-9.\n' _ <<< "$network")_${minutes}_$seed
    if [ ! -s "$run.json" ]; then
      # Options are words to split.
      # shellcheck disable=SC2086
      "$mlseg" train segmentation ${TRAIN:-$data --part train} --network $network --minutes "$minutes" --seed "$seed" \
        --out "$run.onnx" --overwrite > "$run.log" 2>&1 || { echo "$network, seed $seed: see $run.log" >&2; continue; }
      # shellcheck disable=SC2086
      "$mlseg" evaluate ${TEST:-$data --part test} --model "$run.onnx" --json > "$run.part" 2>> "$run.log"
      mv "$run.part" "$run.json"
    fi
    epochs=$(number '[0-9]* epochs' "$run.log") speed=$(number '[0-9.]* images/s' "$run.log")
    classes=$(tr -d ' \n' < "$run.json" | grep -o '"perClassIoU":{[^}]*}' | tr -d '}')
    mean=$(tr -d ' \n' < "$run.json" | grep -o '"meanIoU":[0-9.]*' | cut -d: -f2)
    printf '%-70s%-6s%-8s%-10s%-10.4f%.4f\n' "$network" "$seed" "$epochs" "$speed" "$mean" "${classes##*:}"
  done
done | tee "$out/results.txt"
awk '{ last = $NF; mean = $(NF - 1); name = $1; for (i = 2; i < NF - 4; i++) name = name " " $i
       if (!(name in n)) { order[++count] = name; least[name] = last; most[name] = last }
       n[name]++; means[name] += mean; lasts[name] += last
       if (last < least[name]) least[name] = last
       if (last > most[name]) most[name] = last }
     END { for (i = 1; i <= count; i++) { name = order[i]
       printf "%-70s%d seeds: mean IoU %.4f, last class %.4f (%.4f to %.4f)\n", name, n[name], means[name] / n[name],
         lasts[name] / n[name], least[name], most[name] } }' "$out/results.txt"

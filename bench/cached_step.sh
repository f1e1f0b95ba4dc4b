#!/usr/bin/env bash
# A training step of FCN-8s over a frozen VGG16 (224×224, batch 4, head of 512) with the encoder computed in each step and with its
# features from the cache, in turn on the same machine; prints each pair's ratio. Usage: bench/cached_step.sh [PAIRS [OPTION...]]
set -euo pipefail
cd "$(dirname "$0")"
pairs=${1:-3}
shift || true
dotnet build -c Release --nologo -v quiet TrainingStep
program=$(find TrainingStep/bin/Release -name TrainingStep -type f -perm -u+x | head -n 1)
printf '%-6s%-16s%-12s%s\n' pair 'whole network' cached ratio
for pair in $(seq "$pairs"); do
  whole=$("$program" fcn8-vgg16 --frozen --head-width 512 --seconds 20 "$@" | cut -d " " -f 1,2)
  cached=$("$program" fcn8-vgg16 --cached --head-width 512 --seconds 20 "$@" | cut -d " " -f 1,2)
  echo "$whole $cached" | awk -v n="$pair" '{ printf "%-6s%-16s%-12s%.2f\n", n, $1 " s", $3 " s", $1 / $3 }'
done

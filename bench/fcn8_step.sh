#!/usr/bin/env bash
# A training step of FCN-8s over VGG16 (224×224, batch 4, head of 4096, two threads), here and in Debian's python3-torch, in turn on
# the same machine; prints each pair's ratios. Two pairs take less than 8 minutes: each process begins no step after 35 seconds and
# is ended after 55. Usage: bench/fcn8_step.sh [PAIRS [OPTION...]], where options, such as --keep-memory, are TrainingStep's.
set -euo pipefail
cd "$(dirname "$0")"
pairs=${1:-2}
shift || true
dotnet build -c Release --nologo -v quiet TrainingStep
program=$(find TrainingStep/bin/Release -name TrainingStep -type f -perm -u+x | head -n 1)
run() {
  timeout 55 "$@" || { echo "No figure from $1 in 55 seconds: is the machine busy?" >&2; exit 1; }
}
printf '%-6s%-10s%-16s%-12s%-8s%-18s%-14s%s\n' pair encoder MLSegmentation PyTorch ratio 'peak MLSegm.' 'peak PyTorch' ratio
for pair in $(seq "$pairs"); do
  for encoder in trained frozen; do
    frozen=()
    [ "$encoder" = trained ] || frozen=(--frozen)
    ours=$(run "$program" fcn8-vgg16 "${frozen[@]}" --seconds 35 "$@" | cut -d " " -f 1,2)
    peer=$(run /usr/bin/python3 fcn8_step.py "${frozen[@]}" --seconds 35)
    echo "$ours $peer" | awk -v n="$pair" -v e="$encoder" '{
      printf "%-6s%-10s%-16s%-12s%-8.2f%-18s%-14s%.2f\n", n, e, $1 " s", $3 " s", $1 / $3, $2 " MiB", $4 " MiB", $2 / $4 }'
  done
done

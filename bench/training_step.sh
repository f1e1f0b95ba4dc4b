#!/usr/bin/env bash
# Training steps of the compact U-Net (256×192, batch 8) and of FCN-8s over a frozen VGG16 (224×224, batch 4, head of 4096) with each
# choice of malloc settings, threads and convolution precision, every one in a process of its own.
# Usage: bench/training_step.sh [STEPS [SECONDS]]
set -euo pipefail
cd "$(dirname "$0")"
steps=${1:-20}
seconds=${2:-30}
dotnet build -c Release --nologo -v quiet TrainingStep
program=$(find TrainingStep/bin/Release -name TrainingStep -type f -perm -u+x | head -n 1)
printf '%-14s%-9s%-9s%-6s%-12s%-12s%s\n' network threads malloc bf16 step peak 'CPU an image'
for network in unet-compact 'fcn8-vgg16 --frozen'; do
  for threads in 1 2; do
    for malloc in '' --keep-memory; do
      for bf16 in '' --bf16; do
        # Options are words to split.
        # shellcheck disable=SC2086
        read -r step peak cpu < <("$program" $network --threads "$threads" $malloc $bf16 --steps "$steps" --seconds "$seconds")
        printf '%-14s%-9s%-9s%-6s%-12s%-12s%s\n' "${network%% *}" "$threads" "${malloc:+keep}" "${bf16:+yes}" "$step s" "$peak MiB" "$cpu s"
      done
    done
  done
done

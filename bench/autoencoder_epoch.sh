#!/usr/bin/env bash
# One epoch of the autoencoder over 60,000 images, here and in PyTorch, in turn on the same machine; prints each pair's ratio.
# Needs Debian's python3-torch. Usage: bench/autoencoder_epoch.sh PATH/train-images-idx3-ubyte.gz [PAIRS]
set -euo pipefail
images=$(realpath "$1")
cd "$(dirname "$0")"
pairs=${2:-3}
dotnet build -c Release --nologo -v quiet AutoencoderEpoch
program=$(find AutoencoderEpoch/bin/Release -name AutoencoderEpoch -type f -perm -u+x | head -n 1)
printf '%-8s%-16s%-12s%s\n' pair MLSegmentation PyTorch ratio
for pair in $(seq "$pairs"); do
  ours=$("$program" "$images")
  peer=$(/usr/bin/python3 autoencoder_epoch.py "$images")
  awk -v n="$pair" -v a="$ours" -v b="$peer" 'BEGIN { printf "%-8s%-16s%-12s%.2f\n", n, a " s", b " s", a / b }'
done
